// SPDX-License-Identifier: GPL-3.0-or-later

// The heatmaps; the curves are in frequency_curves.cpp.
#include "widgets/figure/frequency_figures.h"

#include "core/values/decibel.h"
#include "widgets/base/number_text.h"
#include "widgets/figure/figure_text.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace thaw {
namespace {

const double kNone = std::numeric_limits<double>::quiet_NaN();

QString seedsText(std::uint64_t first, std::int64_t count) {
    return count > 1 ? FrequencyText::tr("seeds %1–%2").arg(first).arg(first + std::uint64_t(count) - 1)
                     : FrequencyText::tr("seed %1").arg(first);
}

QString countText(std::int64_t images) { return FrequencyText::tr("%n images", nullptr, int(images)); }

HeatmapAxis frequencyAxis(const std::vector<double>& frequencies) {
    return {FrequencyText::tr("spatial frequency"), FrequencyText::tr("cycles/image"), frequencies, {}};
}

void addCommon(HeatmapData& map, const QString& model, std::int64_t images, std::uint64_t firstSeed) {
    map.provenance.emplace_back("model", model);
    map.provenance.emplace_back("images", QString::number(images));
    map.provenance.emplace_back("seeds", QStringLiteral("%1-%2").arg(firstSeed).arg(
                                             firstSeed + std::uint64_t(std::max<std::int64_t>(images, 1)) - 1));
}

double meanOf(const double* values, std::size_t count) {
    double sum = 0;
    std::size_t known = 0;
    for (std::size_t i = 0; i < count; ++i)
        if (std::isfinite(values[i])) sum += values[i], ++known;
    return known ? sum / double(known) : kNone;
}

// Decibels of a row of powers relative to `reference`.
void putRow(HeatmapData& map, int row, const double* power, double reference) {
    for (int c = 0; c < map.cols; ++c)
        map.values[std::size_t(row) * std::size_t(map.cols) + std::size_t(c)] = decibels(power[c], reference);
}

HeatmapData emptyMap(std::size_t rows, std::size_t cols) {
    HeatmapData map;
    map.rows = int(rows);
    map.cols = int(cols);
    map.values.assign(rows * cols, kNone);
    map.unit = QStringLiteral("dB");
    return map;
}

std::int64_t fewest(const std::vector<std::int64_t>& images) {
    return images.empty() ? 0 : *std::min_element(images.begin(), images.end());
}

HeatmapAxis blockAxis(const std::vector<std::string>& blocks) {
    HeatmapAxis axis;
    axis.label = FrequencyText::tr("block");
    for (const auto& block : blocks) axis.names.push_back(QString::fromStdString(block));
    return axis;
}

// Noise levels from the highest down.
HeatmapAxis sigmaAxis(const std::vector<double>& sigmas) {
    HeatmapAxis axis;
    axis.label = FrequencyText::tr("noise level σ");
    for (auto sigma = sigmas.rbegin(); sigma != sigmas.rend(); ++sigma)
        axis.names.push_back(QStringLiteral("σ %1").arg(formatNumber(*sigma, 2)));
    return axis;
}

// The first band is the mean alone; the last one holds the corners of the plane too.
HeatmapAxis bandAxis(const std::vector<double>& edges) {
    HeatmapAxis axis{FrequencyText::tr("spatial frequency"), FrequencyText::tr("cycles/image"), {}, {}};
    for (std::size_t i = 0; i + 1 < edges.size(); ++i)
        axis.names.push_back(edges[i] == 0 && edges[i + 1] <= 1
                                 ? QStringLiteral("0")
                                 : QStringLiteral("%1–%2").arg(formatNumber(edges[i]), formatNumber(edges[i + 1])));
    return axis;
}

void nameLevel(HeatmapData& map, const LayerSweepTable& table, std::size_t sigma) {
    const QString model = QString::fromStdString(table.model);
    map.caption = QStringList{model, QStringLiteral("σ = %1").arg(formatNumber(table.sigmas[sigma])),
                              countText(table.images[sigma]), seedsText(table.firstSeed, table.images[sigma])}
                      .join(QStringLiteral(" · "));
    addCommon(map, model, table.images[sigma], table.firstSeed);
    map.provenance.emplace_back("sigma", exactText(table.sigmas[sigma]));
}
QString smallestText() { return formatQuantity(kSmallestDifferenceDb, QStringLiteral("dB")); }

void nameDifference(HeatmapData& map, const LayerDifferenceTable& table, std::int64_t images) {
    map.signedValues = true;
    map.valueLabel = FrequencyText::tr("difference");
    addCommon(map,
              QStringLiteral("%1 - %2").arg(QString::fromStdString(table.model), QString::fromStdString(table.against)),
              images, table.firstSeed);
    map.provenance.emplace_back(
        "quantity", "mean over images of the difference of 10 log10 of the power per ring, on the same inputs");
    map.markText = FrequencyText::tr("not significant, or below %1").arg(smallestText());
    map.provenance.emplace_back("images of the test", QString::number(table.imagesAsked));
    map.provenance.emplace_back(
        "marked",
        table.complete
            ? QStringLiteral("q > %1 (paired t-test over images of two fixed networks, Benjamini-Hochberg over "
                             "all cells), or a difference below %2 dB")
                  .arg(kSignificanceLevel)
                  .arg(kSmallestDifferenceDb)
            : QStringLiteral("nothing: interim, significance is decided when all images are measured"));
}

void putDifference(HeatmapData& map, int row, const LayerDifferenceTable& table, std::size_t block, std::size_t sigma) {
    for (int c = 0; c < map.cols; ++c) {
        const std::size_t from = table.cell(block, sigma, std::size_t(c)),
                          to = std::size_t(row) * std::size_t(map.cols) + std::size_t(c);
        map.values[to] = table.difference[from];
        map.marked[to] = table.complete && std::isfinite(table.difference[from]) && !table.significant(from);
    }
}

}  // namespace

QString markedText(const LayerDifferenceTable& table) {
    if (!table.complete)
        return FrequencyText::tr("interim: significance is decided at %n images", nullptr, int(table.imagesAsked));
    return FrequencyText::tr("dots: not significant (paired t-test over images, q > %1) or below %2")
        .arg(formatNumber(kSignificanceLevel), smallestText());
}

std::size_t sigmaOfRow(std::size_t sigmas, int row) { return sigmas - 1 - std::size_t(row); }

HeatmapData blocksHeatmap(const LayerSweepTable& table, std::size_t sigma) {
    if (table.blocks.empty() || table.frequencies.empty() || sigma >= table.sigmas.size()) return {};
    HeatmapData map = emptyMap(table.blocks.size(), table.frequencies.size());
    map.x = frequencyAxis(table.frequencies);
    map.y = blockAxis(table.blocks);
    map.rowPixels = table.resolutions;
    map.valueLabel = FrequencyText::tr("power re block mean");
    map.title = FrequencyText::tr("Power of every block");
    nameLevel(map, table, sigma);
    map.provenance.emplace_back("quantity", "10 log10 of mean power per ring over the mean of the block's rings");
    for (int r = 0; r < map.rows; ++r) {
        const double* row = table.power.data() + table.cell(std::size_t(r), sigma, 0);
        putRow(map, r, row, meanOf(row, table.frequencies.size()));
    }
    return map;
}

HeatmapData bandsHeatmap(const LayerSweepTable& table, std::size_t sigma) {
    const std::size_t bands = table.bands();
    if (table.blocks.empty() || bands == 0 || sigma >= table.sigmas.size()) return {};
    HeatmapData map = emptyMap(table.blocks.size(), bands);
    map.unit = QStringLiteral("%");
    map.x = bandAxis(table.bandEdges);
    map.y = blockAxis(table.blocks);
    map.valueLabel = FrequencyText::tr("share of the energy");
    map.title = FrequencyText::tr("Energy of every block by band");
    nameLevel(map, table, sigma);
    map.provenance.emplace_back("quantity", "share of the energy (sum of the power over the bins of a band)");
    for (std::size_t r = 0; r < table.blocks.size(); ++r)
        for (std::size_t b = 0; b < bands; ++b)
            map.values[r * bands + b] = 100 * table.bandShare[table.cell(r, sigma) * bands + b];
    return map;
}

HeatmapData sigmasHeatmap(const LayerSweepTable& table, std::size_t block) {
    if (block >= table.blocks.size() || table.frequencies.empty() || table.sigmas.empty()) return {};
    HeatmapData map = emptyMap(table.sigmas.size(), table.frequencies.size());
    map.x = frequencyAxis(table.frequencies);
    map.y = sigmaAxis(table.sigmas);
    map.rowPixels.assign(table.sigmas.size(), table.resolutions[block]);
    map.valueLabel = FrequencyText::tr("power re mean");
    const QString model = QString::fromStdString(table.model), name = QString::fromStdString(table.blocks[block]);
    const std::int64_t images = fewest(table.images);
    map.title = FrequencyText::tr("%1 by noise level").arg(name);
    map.caption = QStringList{model, countText(images), seedsText(table.firstSeed, images)}.join(QStringLiteral(" · "));
    addCommon(map, model, images, table.firstSeed);
    map.provenance.emplace_back("block", name);
    map.provenance.emplace_back("quantity",
                                "10 log10 of mean power per ring over the mean of all rings and noise levels");
    const double reference =
        meanOf(table.power.data() + table.cell(block, 0, 0), table.sigmas.size() * table.frequencies.size());
    for (int r = 0; r < map.rows; ++r)
        putRow(map, r, table.power.data() + table.cell(block, sigmaOfRow(table.sigmas.size(), r), 0), reference);
    return map;
}

HeatmapData blocksHeatmap(const LayerDifferenceTable& table, std::size_t sigma) {
    if (table.blocks.empty() || table.frequencies.empty() || sigma >= table.sigmas.size()) return {};
    HeatmapData map = emptyMap(table.blocks.size(), table.frequencies.size());
    map.marked.assign(map.values.size(), 0);
    map.x = frequencyAxis(table.frequencies);
    map.y = blockAxis(table.blocks);
    map.title = FrequencyText::tr("Change of every block");
    map.caption =
        QStringList{
            QStringLiteral("%1 − %2").arg(QString::fromStdString(table.model), QString::fromStdString(table.against)),
            QStringLiteral("σ = %1").arg(formatNumber(table.sigmas[sigma])), countText(table.images[sigma]),
            seedsText(table.firstSeed, table.images[sigma]), markedText(table)}
            .join(QStringLiteral(" · "));
    nameDifference(map, table, table.images[sigma]);
    map.provenance.emplace_back("sigma", exactText(table.sigmas[sigma]));
    for (int r = 0; r < map.rows; ++r) putDifference(map, r, table, std::size_t(r), sigma);
    return map;
}

HeatmapData sigmasHeatmap(const LayerDifferenceTable& table, std::size_t block) {
    if (block >= table.blocks.size() || table.frequencies.empty() || table.sigmas.empty()) return {};
    HeatmapData map = emptyMap(table.sigmas.size(), table.frequencies.size());
    map.marked.assign(map.values.size(), 0);
    map.x = frequencyAxis(table.frequencies);
    map.y = sigmaAxis(table.sigmas);
    const QString name = QString::fromStdString(table.blocks[block]);
    const std::int64_t images = fewest(table.images);
    map.title = FrequencyText::tr("Change of %1 by noise level").arg(name);
    map.caption = QStringList{QStringLiteral("%1 − %2").arg(QString::fromStdString(table.model),
                                                            QString::fromStdString(table.against)),
                              countText(images), seedsText(table.firstSeed, images), markedText(table)}
                      .join(QStringLiteral(" · "));
    nameDifference(map, table, images);
    map.provenance.emplace_back("block", name);
    for (int r = 0; r < map.rows; ++r) putDifference(map, r, table, block, sigmaOfRow(table.sigmas.size(), r));
    return map;
}

HeatmapData swapHeatmap(const BlockSwapTable& table, std::size_t sigma) {
    if (table.blocks.empty() || table.frequencies.empty() || sigma >= table.sigmas.size()) return {};
    HeatmapData map = emptyMap(table.blocks.size(), table.frequencies.size());
    map.x = frequencyAxis(table.frequencies);
    map.y = blockAxis(table.blocks);
    map.valueLabel = FrequencyText::tr("change re all blocks");
    map.title = FrequencyText::tr("One block set back");
    const auto& counts = table.images;
    std::int64_t images = 0;
    for (std::size_t b = 0; b < table.blocks.size(); ++b) images = std::max(images, counts[table.cell(b, sigma)]);
    map.caption = QStringList{FrequencyText::tr("%1 with one block of %2")
                                  .arg(QString::fromStdString(table.model), QString::fromStdString(table.against)),
                              QStringLiteral("σ = %1").arg(formatNumber(table.sigmas[sigma])), countText(images),
                              seedsText(table.firstSeed, images)}
                      .join(QStringLiteral(" · "));
    addCommon(map, QString::fromStdString(table.model), images, table.firstSeed);
    map.provenance.emplace_back("weights from", QString::fromStdString(table.against));
    map.provenance.emplace_back("sigma", exactText(table.sigmas[sigma]));
    map.provenance.emplace_back(
        "quantity",
        "10 log10 of the power of the output's change per ring, over the mean of that when all blocks are set back");
    const double reference =
        meanOf(table.wholePower.data() + sigma * table.frequencies.size(), table.frequencies.size());
    for (int r = 0; r < map.rows; ++r)
        putRow(map, r, table.power.data() + table.cell(std::size_t(r), sigma, 0), reference);
    return map;
}

HeatmapData channelsHeatmap(const ChannelProfiles& profiles) {
    const std::size_t rings = profiles.frequencies.size();
    if (profiles.power.empty() || rings == 0) return {};
    HeatmapData map = emptyMap(profiles.power.size(), rings);
    map.x = frequencyAxis(profiles.frequencies);
    map.y.label = FrequencyText::tr("channel, strongest first");
    map.valueLabel = FrequencyText::tr("power re mean");
    const QString block = QString::fromStdString(profiles.block);
    map.title = FrequencyText::tr("Channels of %1").arg(block);
    map.caption =
        QStringList{QStringLiteral("σ = %1").arg(formatNumber(profiles.sigma)), countText(profiles.images)}.join(
            QStringLiteral(" · "));
    map.provenance = {{"block", block},
                      {"sigma", exactText(profiles.sigma)},
                      {"images", QString::number(profiles.images)},
                      {"quantity", "10 log10 of power per ring over the mean of all channels and rings"}};
    std::vector<double> strength;
    for (const auto& channel : profiles.power) strength.push_back(meanOf(channel.data(), rings));
    std::vector<std::size_t> order(profiles.power.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return strength[a] > strength[b]; });
    const double reference = meanOf(strength.data(), strength.size());
    for (std::size_t r = 0; r < order.size(); ++r) {
        map.y.names.push_back(QString::number(order[r]));
        putRow(map, int(r), profiles.power[order[r]].data(), reference);
    }
    return map;
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later

// The curves of the frequency lab.
#include "widgets/figure/frequency_figures.h"

#include "widgets/base/number_text.h"
#include "widgets/figure/figure_text.h"

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

constexpr double kLowestCoherence = 0.1;  // of its line: what is drawn of values about 0

// Without ring 0, which has no place on a logarithmic axis, and without rings that have no value.
CurveSeries lineOf(const QString& name, int colour, const std::vector<double>& frequencies,
                   const std::vector<double>& values) {
    CurveSeries line;
    line.name = name;
    line.colour = colour;
    for (std::size_t i = 0; i < std::min(frequencies.size(), values.size()); ++i) {
        if (frequencies[i] <= 0 || !std::isfinite(values[i])) continue;
        line.x.push_back(frequencies[i]);
        line.y.push_back(values[i]);
    }
    return line;
}

CurveSeries bandOf(const CurveSeries& line, const std::vector<double>& low, const std::vector<double>& high) {
    CurveSeries band;
    band.name = line.name;
    band.kind = CurveKind::Band;
    band.colour = line.colour;
    band.x = line.x;
    band.low = low;
    band.y = high;
    return band;
}

CurveFigure emptyFigure(const QString& title, const QString& yLabel) {
    CurveFigure figure;
    figure.title = title;
    figure.xLabel = FrequencyText::tr("spatial frequency (cycles/image)");
    figure.yLabel = yLabel;
    figure.logX = true;
    return figure;
}

}  // namespace

CurveFigure profileFigure(const std::vector<ProfileLine>& lines, const QString& title) {
    CurveFigure figure = emptyFigure(title, FrequencyText::tr("power per bin"));
    figure.logY = true;
    for (const auto& line : lines) {
        CurveSeries series = lineOf(line.name, line.colour, line.profile.frequency, line.profile.power);
        if (line.deviation.size() == line.profile.frequency.size()) {
            std::vector<double> low, high;
            for (std::size_t i = 0; i < line.deviation.size(); ++i) {
                const double power = line.profile.power[i], deviation = line.deviation[i];
                if (line.profile.frequency[i] <= 0 || !std::isfinite(power)) continue;
                // A spread wider than the mean has no lower end on a logarithmic axis; a tenth of the mean is drawn.
                low.push_back(std::isfinite(deviation) ? std::max(power - deviation, 0.1 * power) : power);
                high.push_back(std::isfinite(deviation) ? power + deviation : power);
            }
            figure.series.push_back(bandOf(series, low, high));
        }
        figure.series.push_back(std::move(series));
        if (!line.provenance.isEmpty()) figure.provenance.emplace_back(line.name, line.provenance);
    }
    // Bands lie under all lines.
    std::stable_partition(figure.series.begin(), figure.series.end(),
                          [](const CurveSeries& s) { return s.kind == CurveKind::Band; });
    return figure;
}

CurveFigure differenceFigure(const LayerDifferenceTable& table, std::size_t block, std::size_t sigma) {
    if (block >= table.blocks.size() || sigma >= table.sigmas.size()) return {};
    const QString name = QString::fromStdString(table.blocks[block]);
    CurveFigure figure =
        emptyFigure(FrequencyText::tr("Change of radial power, %1").arg(name), FrequencyText::tr("difference (dB)"));
    const auto from = table.difference.begin() + std::ptrdiff_t(table.cell(block, sigma, 0));
    const std::vector<double> difference(from, from + std::ptrdiff_t(table.frequencies.size()));
    CurveSeries line = lineOf(FrequencyText::tr("mean over images"), 1, table.frequencies, difference);
    std::vector<double> low, high;
    for (std::size_t i = 0; i < table.frequencies.size(); ++i) {
        if (table.frequencies[i] <= 0 || !std::isfinite(difference[i])) continue;
        const double error = table.standardError[table.cell(block, sigma, i)],
                     reach = std::isfinite(error) ? 2 * error : 0;
        low.push_back(difference[i] - reach);
        high.push_back(difference[i] + reach);
    }
    CurveSeries dots;
    dots.name = FrequencyText::tr("not significant");
    dots.kind = CurveKind::Dots;
    dots.colour = line.colour;
    for (std::size_t i = 0; i < table.frequencies.size(); ++i) {
        const bool decided = table.complete && table.frequencies[i] > 0 && std::isfinite(difference[i]);
        if (!decided || table.significant(table.cell(block, sigma, i))) continue;
        dots.x.push_back(table.frequencies[i]);
        dots.y.push_back(difference[i]);
    }
    figure.series.push_back(bandOf(line, low, high));
    figure.series.push_back(std::move(line));
    if (!dots.x.empty()) figure.series.push_back(std::move(dots));
    figure.references.push_back({0, FrequencyText::tr("no change")});
    figure.caption =
        FrequencyText::tr("%1 − %2 · σ = %3 · %n images · band: two standard errors", nullptr, int(table.images[sigma]))
            .arg(QString::fromStdString(table.model), QString::fromStdString(table.against),
                 formatNumber(table.sigmas[sigma])) +
        QStringLiteral(" · ") + markedText(table);
    figure.provenance = {{"a", QString::fromStdString(table.model)},
                         {"b", QString::fromStdString(table.against)},
                         {"block", name},
                         {"sigma", exactText(table.sigmas[sigma])},
                         {"images", QString::number(table.images[sigma])},
                         {"first seed", QString::number(table.firstSeed)}};
    return figure;
}

CurveFigure transferFigure(const std::vector<TransferFunction>& transfers, const std::vector<QString>& names) {
    if (transfers.empty()) return {};
    const auto& first = transfers[0];
    const QString part =
        first.block.empty() ? FrequencyText::tr("whole denoiser") : QString::fromStdString(first.block);
    CurveFigure figure = emptyFigure(FrequencyText::tr("Transfer function, %1").arg(part), FrequencyText::tr("gain"));
    figure.logY = true;
    QStringList models;
    bool cut = false;
    for (std::size_t i = 0; i < transfers.size(); ++i) {
        const auto& transfer = transfers[i];
        const QString name = i < names.size() ? names[i] : QString::number(i + 1),
                      model = QString::fromStdString(transfer.model);
        // Colour tells the model, as in every other figure; dash tells gain from coherence too.
        auto gain =
            lineOf(FrequencyText::tr("gain, %1").arg(name), int(i), transfer.frequencies, transfer.responseGain);
        gain.dash = int(i);
        figure.series.push_back(std::move(gain));
        auto coherence =
            lineOf(FrequencyText::tr("coherence, %1").arg(name), int(i), transfer.frequencies, transfer.ringCoherence);
        coherence.dash = int(i) + 2;
        // A debiased coherence of nothing lies about 0, which a logarithmic axis does not have.
        for (double& value : coherence.y) {
            const double lowest = kLowestCoherence * transfer.coherenceLine;
            cut = cut || value < lowest;
            value = std::max(value, lowest);
        }
        if (!coherence.x.empty()) {
            figure.yLabel = FrequencyText::tr("gain, coherence");
            figure.series.push_back(std::move(coherence));
        }
        figure.provenance.emplace_back(
            name,
            QStringLiteral("model %1, sigma %2, %3 images, first seed %4, coherence centred over images and debiased")
                .arg(model, exactText(transfer.sigma))
                .arg(transfer.images)
                .arg(transfer.firstSeed));
        if (!model.isEmpty() && !models.contains(model)) models.push_back(model);
    }
    if (!first.ringCoherence.empty() && std::isfinite(first.coherenceLine)) {
        figure.references.push_back(
            {first.coherenceLine, FrequencyText::tr("95 % of independent signals have less coherence")});
        figure.provenance.emplace_back("line", QStringLiteral("%1, 95 % point of the coherence of independent signals")
                                                   .arg(exactText(first.coherenceLine)));
    }
    QStringList caption = models;
    caption << FrequencyText::tr("response to weak white noise · σ = %1 · %n images", nullptr, int(first.images))
                   .arg(formatNumber(first.sigma));
    if (cut) figure.note = FrequencyText::tr("coherence below a tenth of its line is drawn there");
    caption << figure.note;
    caption.removeAll(QString());
    figure.caption = caption.join(QStringLiteral(" · "));
    return figure;
}

CurveFigure frozenFigure(const FrozenProfiles& profiles, std::size_t sigma) {
    if (sigma >= profiles.sigmas.size()) return {};
    CurveFigure figure =
        emptyFigure(FrequencyText::tr("Frozen and trainable blocks"), FrequencyText::tr("share of power"));
    figure.logY = true;
    const auto row = [&](const std::vector<double>& all) {
        const auto from = all.begin() + std::ptrdiff_t(sigma * profiles.frequencies.size());
        return std::vector<double>(from, from + std::ptrdiff_t(profiles.frequencies.size()));
    };
    figure.series.push_back(lineOf(FrequencyText::tr("frozen"), 0, profiles.frequencies, row(profiles.frozen)));
    figure.series.push_back(lineOf(FrequencyText::tr("trainable"), 1, profiles.frequencies, row(profiles.trainable)));
    figure.caption = FrequencyText::tr("profiles of unit sum, weighted by the share of each block's weights · σ = %1")
                         .arg(formatNumber(profiles.sigmas[sigma]));
    figure.provenance = {{"sigma", exactText(profiles.sigmas[sigma])},
                         {"weight of the frozen", exactText(profiles.frozenRows)},
                         {"weight of the trainable", exactText(profiles.trainableRows)}};
    return figure;
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/heatmap/heatmap_data.h"

#include "widgets/base/number_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace thaw {
namespace {

struct HeatmapText {
    Q_DECLARE_TR_FUNCTIONS(HeatmapText)
};

const double kNone = std::numeric_limits<double>::quiet_NaN();

// Frequencies of n bins after fftshift: -floor(n/2) .. ceil(n/2)-1.
std::vector<double> shiftedFrequencies(int n) {
    std::vector<double> f(static_cast<std::size_t>(n));
    const int first = -(n / 2);
    std::iota(f.begin(), f.end(), double(first));
    return f;
}

QString signedInteger(double value) {
    const QString digits = QLocale().toString(qlonglong(std::llround(std::abs(value))));
    return (value < 0 ? QStringLiteral("−") : value > 0 ? QStringLiteral("+") : QString()) + digits;
}

QString axisValueText(const HeatmapAxis& axis, int cell) {
    if (!axis.names.empty()) return axis.names[std::size_t(cell)];
    return formatQuantity(axis.values[std::size_t(cell)], axis.unit);
}

// Powers in unshifted order as an fftshifted picture, in dB relative to `reference`.
HeatmapData planeOf(int rows, int cols, const std::vector<double>& power, double reference) {
    HeatmapData map;
    if (rows <= 0 || cols <= 0 || power.size() != std::size_t(rows) * std::size_t(cols)) return map;
    map.rows = rows;
    map.cols = cols;
    map.squareCells = true;
    map.frequencyPlane = true;
    map.unit = QStringLiteral("dB");
    map.x = {
        HeatmapText::tr("horizontal spatial frequency"), HeatmapText::tr("cycles/image"), shiftedFrequencies(cols), {}};
    map.y = {
        HeatmapText::tr("vertical spatial frequency"), HeatmapText::tr("cycles/image"), shiftedFrequencies(rows), {}};
    map.values.resize(power.size());
    for (int r = 0; r < rows; ++r) {
        for (int c = 0; c < cols; ++c) {
            const int v = (r - rows / 2 + rows) % rows, u = (c - cols / 2 + cols) % cols;
            map.values[std::size_t(r) * std::size_t(cols) + std::size_t(c)] =
                decibels(power[std::size_t(v) * std::size_t(cols) + std::size_t(u)], reference);
        }
    }
    return map;
}

}  // namespace

double decibels(double power, double reference, double floor) {
    if (std::isnan(power) || std::isnan(reference)) return kNone;
    if (power <= 0 || reference <= 0) return floor;
    return std::max(floor, 10 * std::log10(power / reference));
}

HeatmapData heatmapOf(const Spectrum& spectrum) {
    const double mean = std::accumulate(spectrum.power.begin(), spectrum.power.end(), 0.0) / double(spectrum.height) /
                        double(spectrum.width);
    HeatmapData map = planeOf(spectrum.height, spectrum.width, spectrum.power, mean);
    if (!map.empty()) map.valueLabel = HeatmapText::tr("power re mean");
    return map;
}

HeatmapData heatmapOf(const FourierGainMap& probe) {
    std::vector<double> power;
    for (const double gain : probe.gain) power.push_back(gain * gain);
    HeatmapData map = planeOf(probe.height, probe.width, power, 1);
    if (map.empty()) return map;
    map.valueLabel = HeatmapText::tr("gain");
    const QString model = QString::fromStdString(probe.model),
                  block = probe.block.empty() ? HeatmapText::tr("whole denoiser") : QString::fromStdString(probe.block);
    map.title = HeatmapText::tr("Gain of each frequency, %1").arg(block);
    const std::uint64_t lastSeed = probe.firstSeed + std::uint64_t(std::max<std::int64_t>(probe.images, 1)) - 1;
    //: one line of provenance under a figure
    map.caption =
        HeatmapText::tr("%1 · Fourier-basis probing · σ = %2 · %n images · seeds %3–%4", nullptr, int(probe.images))
            .arg(model, formatNumber(probe.sigma))
            .arg(probe.firstSeed)
            .arg(lastSeed);
    map.provenance = {{"model", model},
                      {"block", QString::fromStdString(partName(probe))},
                      {"sigma", exactText(probe.sigma)},
                      {"images", QString::number(probe.images)},
                      {"seeds", QStringLiteral("%1-%2").arg(probe.firstSeed).arg(lastSeed)},
                      {"quantity",
                       "20 log10 of the rms change of the output over that of a Fourier basis image added to the "
                       "input, mean over images"}};
    return map;
}

HeatmapData heatmapOf(const LayerSpectrum& layer) {
    HeatmapData map = heatmapOf(layer.spectrum);
    const QString block = QString::fromStdString(layer.block), model = QString::fromStdString(layer.model);
    map.title = layer.tuned ? HeatmapText::tr("%1, tuned").arg(block) : block;
    const std::uint64_t lastSeed = layer.firstSeed + std::uint64_t(std::max<std::int64_t>(layer.images, 1)) - 1;
    //: one line of provenance under a figure
    map.caption = HeatmapText::tr("%1 · σ = %2 · %3 images × %4 channels · seeds %5–%6")
                      .arg(layer.tuned ? HeatmapText::tr("%1, tuned").arg(model) : model, formatNumber(layer.sigma),
                           QLocale().toString(qlonglong(layer.images)), QLocale().toString(qlonglong(layer.channels)))
                      .arg(layer.firstSeed)
                      .arg(lastSeed);
    map.provenance = {{"model", model},
                      {"weights", layer.tuned ? "tuned" : "as opened"},
                      {"block", block},
                      {"sigma", exactText(layer.sigma)},
                      {"images", QString::number(layer.images)},
                      {"channels", QString::number(layer.channels)},
                      {"seeds", QStringLiteral("%1-%2").arg(layer.firstSeed).arg(lastSeed)},
                      {"quantity", "10 log10 of power per bin over the mean power of all bins"}};
    return map;
}

HeatmapData heatmapOf(const LayerTable& table) {
    HeatmapData map;
    map.rows = int(table.blocks.size());
    map.cols = int(table.frequencies.size());
    if (map.empty() || table.power.size() != table.blocks.size()) return {};
    map.valueLabel = HeatmapText::tr("power re block mean");
    map.unit = QStringLiteral("dB");
    map.x = {HeatmapText::tr("spatial frequency"), HeatmapText::tr("cycles/image"), table.frequencies, {}};
    map.y.label = HeatmapText::tr("block");
    map.title = HeatmapText::tr("Radial power of every block");
    map.caption = HeatmapText::tr("σ = %1 · %2 images")
                      .arg(formatNumber(table.sigma), QLocale().toString(qlonglong(table.images)));
    map.provenance = {{"sigma", exactText(table.sigma)},
                      {"images", QString::number(table.images)},
                      {"quantity", "10 log10 of mean power per ring over the mean of the block's rings"}};
    map.values.assign(std::size_t(map.rows) * std::size_t(map.cols), kNone);
    for (int r = 0; r < map.rows; ++r) {
        const auto& row = table.power[std::size_t(r)];
        map.y.names.push_back(QString::fromStdString(table.blocks[std::size_t(r)]));
        double sum = 0;
        int known = 0;
        for (const double power : row)
            if (std::isfinite(power)) sum += power, ++known;
        for (int c = 0; c < std::min(map.cols, int(row.size())); ++c)
            map.values[std::size_t(r) * std::size_t(map.cols) + std::size_t(c)] =
                decibels(row[std::size_t(c)], known ? sum / known : kNone);
    }
    return map;
}

std::optional<HeatmapData> differenceOf(const HeatmapData& b, const HeatmapData& a) {
    if (a.rows != b.rows || a.cols != b.cols || !(a.x == b.x) || !(a.y == b.y) || a.unit != b.unit) return {};
    HeatmapData difference = b;
    difference.signedValues = true;
    difference.valueLabel = HeatmapText::tr("difference");
    difference.title = HeatmapText::tr("%1 − %2").arg(b.title, a.title);
    difference.provenance.clear();
    for (const auto& [key, value] : b.provenance) difference.provenance.emplace_back("b " + key, value);
    for (const auto& [key, value] : a.provenance) difference.provenance.emplace_back("a " + key, value);
    for (std::size_t i = 0; i < difference.values.size(); ++i) difference.values[i] -= a.values[i];
    return difference;
}

std::pair<double, double> valueRange(const HeatmapData& data) {
    double low = std::numeric_limits<double>::infinity(), high = -low;
    for (const double value : data.values) {
        if (!std::isfinite(value)) continue;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    if (low > high) return data.signedValues ? std::pair(-1.0, 1.0) : std::pair(0.0, 1.0);
    if (data.signedValues) {
        const double reach = std::max(std::abs(low), std::abs(high));
        return reach > 0 ? std::pair(-reach, reach) : std::pair(-1.0, 1.0);
    }
    if (low == high) return {low - 0.5, high + 0.5};
    return {low, high};
}

QString cellText(const HeatmapData& data, int row, int col) {
    if (row < 0 || col < 0 || row >= data.rows || col >= data.cols) return {};
    const double value = data.at(row, col);
    const QString level = std::isfinite(value) ? formatQuantity(value, data.unit, 3) : HeatmapText::tr("no value");
    QStringList parts;
    if (data.frequencyPlane) {
        const double fx = data.x.values[std::size_t(col)], fy = data.y.values[std::size_t(row)];
        parts << HeatmapText::tr("fx %1, fy %2 %3").arg(signedInteger(fx), signedInteger(fy), data.x.unit);
        if (fx == 0 && fy == 0) {
            parts << HeatmapText::tr("mean (DC)");
        } else {
            // A wave of (fx, fy) cycles per image repeats every 1/|f| images, f measured per pixel of its own axis.
            const double perPixel = std::hypot(fx / data.cols, fy / data.rows), wavelength = 1 / perPixel;
            parts << HeatmapText::tr("%1 cycles/px").arg(formatNumber(perPixel, 3))
                  << HeatmapText::tr("wavelength %1").arg(formatQuantity(wavelength, HeatmapText::tr("px"), 3));
        }
    } else {
        parts << axisValueText(data.y, row) << axisValueText(data.x, col);
        const int pixels = std::size_t(row) < data.rowPixels.size() ? data.rowPixels[std::size_t(row)] : 0;
        const double cycles = data.x.values.empty() ? 0 : data.x.values[std::size_t(col)];
        if (pixels > 0 && cycles > 0)
            parts << HeatmapText::tr("%1 cycles/px").arg(formatNumber(cycles / pixels, 3))
                  << HeatmapText::tr("wavelength %1").arg(formatQuantity(pixels / cycles, HeatmapText::tr("px"), 3));
    }
    parts << level;
    if (!data.marked.empty() && data.marked[std::size_t(row) * std::size_t(data.cols) + std::size_t(col)])
        parts << data.markText;
    return parts.join(QStringLiteral(" · "));
}

}  // namespace thaw

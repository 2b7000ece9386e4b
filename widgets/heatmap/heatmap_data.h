// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/spectrum.h"
#include "core/values/transfer.h"

#include <QString>

#include <optional>
#include <utility>
#include <vector>

namespace thaw {

/// One axis of a heatmap: either numbers (`values`, one per cell centre, evenly spaced) or `names`.
struct HeatmapAxis {
    QString label;  ///< "horizontal frequency"
    QString unit;   ///< "cycles/image"
    std::vector<double> values;
    std::vector<QString> names;

    bool operator==(const HeatmapAxis&) const = default;
};

/// A matrix of values with all that is needed to name it. Row 0 is at the top. NaN = no value, drawn hatched.
struct HeatmapData {
    int rows = 0;
    int cols = 0;
    std::vector<double> values;  ///< row-major, `unit`
    HeatmapAxis x;
    HeatmapAxis y;
    QString valueLabel;  ///< "power re mean"
    QString unit;        ///< "dB"
    QString title;
    QString caption;  ///< provenance in one line: model, block, sigma, images, seeds
    std::vector<std::pair<QString, QString>> provenance;
    QString markText;             ///< what a mark says of its cell, for the read-out
    std::vector<char> marked;     ///< empty, or 1 where a cell gets a dot, e.g. what is not significant
    std::vector<int> rowPixels;   ///< empty, or pixels a side behind a row's frequencies, for the read-out's wavelength
    bool squareCells = false;     ///< cells keep their shape (2-D spectra); otherwise they fill the space
    bool signedValues = false;    ///< differences: diverging map, range symmetric about 0
    bool frequencyPlane = false;  ///< both axes are frequencies: the read-out adds the wavelength

    bool empty() const { return rows <= 0 || cols <= 0; }
    double at(int row, int col) const { return values[std::size_t(row) * std::size_t(cols) + std::size_t(col)]; }
    bool operator==(const HeatmapData&) const = default;
};

/// Lowest floor of any level: 10 log10 of the smallest power shown.
inline constexpr double kFloorDb = -120;

/// 10 log10(power / reference), never below `floor`; NaN stays NaN.
double decibels(double power, double reference, double floor = kFloorDb);

/// A 2-D spectrum as a picture: fftshifted, so that frequency (0, 0) is at row height/2, column width/2 (integer
/// division) and frequencies run from -floor(n/2) to ceil(n/2)-1 cycles/image, left to right and top to bottom.
/// Values: dB relative to the mean power over all bins.
HeatmapData heatmapOf(const Spectrum& spectrum);
/// The same, named: title = block, caption = model, sigma, images, channels, seeds.
HeatmapData heatmapOf(const LayerSpectrum& layer);
/// Gain of each frequency in the same places, 20 log10 of the factor by which its amplitude grows; NaN where it is not
/// measured yet.
HeatmapData heatmapOf(const FourierGainMap& probe);
/// Blocks down, cycles/image across. Each row in dB relative to its own mean over its rings, so that blocks of
/// different gain compare.
HeatmapData heatmapOf(const LayerTable& table);
/// b - a in dB, cell by cell, NaN where either has none; nothing when the shapes or axes differ.
std::optional<HeatmapData> differenceOf(const HeatmapData& b, const HeatmapData& a);

/// Smallest and largest finite value; symmetric about 0 for signed data; (0, 1) when there is none, never empty.
std::pair<double, double> valueRange(const HeatmapData& data);

/// "fx +3, fy −2 cycles/image · wavelength 7.8 px · −18.4 dB" or "enc.28x28_block0 · 5 cycles/image · −18.4 dB".
QString cellText(const HeatmapData& data, int row, int col);

}  // namespace thaw

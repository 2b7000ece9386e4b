// SPDX-License-Identifier: GPL-3.0-or-later

// Two-dimensional spectra of two models.
#include "widgets/figure/frequency_figures.h"

#include "core/values/significance.h"
#include "widgets/base/number_text.h"
#include "widgets/figure/figure_text.h"

#include <cmath>

namespace thaw {
namespace {

bool hasErrors(const LayerSpectrum& b, const LayerSpectrum& a) {
    const std::size_t bins = b.spectrum.power.size();
    return b.levelError.size() == bins && a.levelError.size() == bins;
}

bool isDecided(const LayerSpectrum& b, const LayerSpectrum& a, std::int64_t imagesAsked) {
    return hasErrors(b, a) && b.images > 1 && b.images == imagesAsked && a.images == imagesAsked;
}

// q of every place of the map, which shows frequency 0 in the middle.
std::vector<double> adjusted(const HeatmapData& map, const LayerSpectrum& b, const LayerSpectrum& a) {
    std::vector<double> p;
    for (int r = 0; r < map.rows; ++r)
        for (int c = 0; c < map.cols; ++c) {
            const int v = (r - map.rows / 2 + map.rows) % map.rows, u = (c - map.cols / 2 + map.cols) % map.cols;
            const std::size_t bin = std::size_t(v) * std::size_t(map.cols) + std::size_t(u);
            p.push_back(welchTwoSided(map.at(r, c), a.levelError[bin], b.levelError[bin], b.images));
        }
    return benjaminiHochberg(p);
}

}  // namespace

std::optional<HeatmapData> planeDifference(const LayerSpectrum& b, const LayerSpectrum& a, std::int64_t imagesAsked) {
    auto map = differenceOf(heatmapOf(b), heatmapOf(a));
    if (!map) return map;
    map->title = FrequencyText::tr("Change of 2-D power, %1").arg(QString::fromStdString(b.block));
    if (!isDecided(b, a, imagesAsked)) return map;
    const std::vector<double> q = adjusted(*map, b, a);
    map->marked.assign(map->values.size(), 0);
    for (std::size_t i = 0; i < q.size(); ++i)
        map->marked[i] = std::isfinite(map->values[i]) &&
                         !(q[i] <= kSignificanceLevel && std::abs(map->values[i]) >= kSmallestDifferenceDb);
    map->markText = FrequencyText::tr("not significant, or below %1")
                        .arg(formatQuantity(kSmallestDifferenceDb, QStringLiteral("dB")));
    map->provenance.emplace_back(
        "marked",
        QStringLiteral("q > %1 (Welch's t-test over images, Benjamini-Hochberg over all bins), or a difference "
                       "below %2 dB")
            .arg(kSignificanceLevel)
            .arg(kSmallestDifferenceDb));
    return map;
}

QString planeMarkText(const LayerSpectrum& b, const LayerSpectrum& a, std::int64_t imagesAsked) {
    if (!hasErrors(b, a)) return {};
    if (!isDecided(b, a, imagesAsked))
        return FrequencyText::tr("interim: significance is decided at %n images", nullptr, int(imagesAsked));
    return FrequencyText::tr("dots: not significant (Welch's t-test over images, q > %1) or below %2")
        .arg(formatNumber(kSignificanceLevel), formatQuantity(kSmallestDifferenceDb, QStringLiteral("dB")));
}

}  // namespace thaw

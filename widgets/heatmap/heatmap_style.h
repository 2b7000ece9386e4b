// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/base/colour_map.h"

#include <optional>
#include <utility>

namespace thaw {

/// What can be chosen about the look of a heatmap.
struct HeatmapStyle {
    ColourMap map = ColourMap::Viridis;              ///< signed data always takes Diverging
    std::optional<std::pair<double, double>> range;  ///< absent: the data's own
};

}  // namespace thaw

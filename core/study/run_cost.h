// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace thaw {

/// What a run had cost after so many images.
struct CostPoint {
    double kimg = 0;
    double seconds = 0;  ///< training alone, without measurements
};

/// What a run cost, from its stats.jsonl; a step that was taken twice, before and after an interruption, counts once.
struct RunCost {
    double images = 0, seconds = 0;
    /// Forward passes for each image seen, see NetworkCalls.
    double student = 0, teacher = 0, discriminator = 0, features = 0;
    std::vector<CostPoint> way;  ///< a point a step
    /// Seconds up to so many thousand images.
    double secondsAt(double kimg) const;
};
RunCost costOf(const std::string& runFolder);

}  // namespace thaw

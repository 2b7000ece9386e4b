// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>
#include <string>

namespace thaw {

/// Scales the frequencies [low, high) of one response inside the network, in cycles per image (r = sqrt(u² + v²), not
/// rounded; the constant part is r = 0): factor 0 removes the band, 1 leaves it, above 1 amplifies it.
struct BandFilter {
    std::string block;  ///< ResponseInfo::name, `<module>.input`, or `output`
    double low = 0;
    double high = std::numeric_limits<double>::infinity();
    double factor = 0;

    bool operator==(const BandFilter&) const = default;
};

}  // namespace thaw

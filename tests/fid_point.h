// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/train_state.h"

namespace thaw {

/// A measured distance with the provenance that its reader asks for, and nothing else.
inline FidPoint fidPoint(double kimg, double fid, std::int64_t images = 1000, const std::string& features = "f",
                         const std::string& reference = "r") {
    FidPoint point;
    point.kimg = kimg;
    point.fid = fid;
    point.num = images;
    point.features = features;
    point.reference = reference;
    return point;
}

}  // namespace thaw

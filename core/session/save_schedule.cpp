// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/save_schedule.h"

#include <algorithm>

namespace thaw {

SaveSchedule::Save SaveSchedule::due(double kimg, double seconds) const {
    if (everyKimg_ > 0 && kimg - snapshotKimg_ >= everyKimg_) return Save::Snapshot;
    if (kimg <= savedKimg_) return Save::None;
    const double interval = std::max(kSafeguardSeconds, took_ / kShareOfTime);
    return !savedAt_ || seconds - *savedAt_ >= interval ? Save::Safeguard : Save::None;
}

void SaveSchedule::saved(Save kind, double kimg, double seconds, double took) {
    if (kind == Save::Snapshot) snapshotKimg_ = kimg;
    savedKimg_ = kimg;
    savedAt_ = seconds;
    took_ = took;
}

}  // namespace thaw

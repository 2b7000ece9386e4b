// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/study_report.h"

namespace thaw {

std::string verdictText(Verdict verdict) {
    switch (verdict) {
    case Verdict::Agrees: return "agrees";
    case Verdict::Disagrees: return "disagrees";
    case Verdict::CannotTell: break;
    }
    return "cannot tell";
}

}  // namespace thaw

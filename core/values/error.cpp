// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/error.h"

namespace thaw {

int exitCode(ErrorCode code) {
    switch (code) {
    case ErrorCode::Usage:
    case ErrorCode::Configuration:
    case ErrorCode::OtherInput: return 2;
    case ErrorCode::FileMissing:
    case ErrorCode::FileDamaged:
    case ErrorCode::WrongKind: return 3;
    case ErrorCode::OutOfMemory:
    case ErrorCode::NoDevice:
    case ErrorCode::ProcessLost: return 4;
    case ErrorCode::Diverged: return 5;
    case ErrorCode::Interrupted: return 130;
    }
    return 1;
}

}  // namespace thaw

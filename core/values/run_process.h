// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/run_state.h"

#include <cstdint>
#include <optional>
#include <string>

namespace thaw {

/// The process that writes a run folder, as the folder tells of it. Times are seconds since 1970, 0 where they are not known.
struct RunProcess {
    long number = 0;
    std::string host;
    bool own = false;     ///< this process
    bool isSure = true;   ///< its machine or a lock says that it lives; otherwise only its files can tell, by changing
    bool paused = false;  ///< it says so
    std::optional<double> imagesPerSecond;
    std::int64_t since = 0;           ///< when it took the folder
    std::int64_t lastWord = 0;        ///< when one of its files changed last
    std::optional<RunState> state{};  ///< it says so; absent where it has said nothing

    bool operator==(const RunProcess&) const = default;
};

/// A process that nothing but its files can tell of is believed for so long after their last change, in seconds.
inline constexpr std::int64_t kSignOfLifeSeconds = 120;

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/run_state.h"

namespace thaw {
namespace {

using enum RunState;
using Next = std::optional<RunState>;
constexpr std::nullopt_t no = std::nullopt;  // NOLINT(readability-identifier-naming): keeps the table legible

// Rows in the order of RunState, columns in the order of Command.
constexpr Next kAfterCommand[kRunStates.size()][kCommands.size()] = {
    //             OpenModel OpenData Start     Pause    Resume   Stop      Step    SetFreeze MeasureFid SaveSnapshot
    /* Empty    */ {Loading, Loading, no, no, no, no, no, Empty, no, no},
    /* Loading  */ {Loading, Loading, no, no, no, no, no, no, no, no},
    /* Ready    */ {Loading, Loading, Starting, no, no, no, no, Ready, no, no},
    /* Starting */ {no, no, no, Pausing, no, Stopping, no, Starting, no, no},
    /* Running  */ {no, no, no, Pausing, no, Stopping, no, Running, Running, Running},
    /* Pausing  */ {no, no, no, no, Running, Stopping, no, Pausing, no, no},
    /* Paused   */ {no, no, no, no, Running, Stopping, Paused, Paused, Paused, Paused},
    /* Stopping */ {no, no, no, no, no, no, no, no, no, no},
    /* Finished */ {Loading, Loading, Starting, no, no, no, no, Finished, no, no},
    /* Failed   */ {Loading, Loading, Starting, no, no, no, no, Failed, no, no},
    /* Diverged */ {Loading, Loading, Starting, no, no, no, no, Diverged, no, no},
    /* Disconnected */ {no, no, no, no, no, no, no, no, no, no},
};

// Rows in the order of RunState, columns in the order of Fact.
constexpr Next kAfterFact[kRunStates.size()][kFacts.size()] = {
    //             Opened StillMissing RunStarted StartRefused PauseReached RunCompleted RunSaved RunFailed RunDiverged
    /* Empty    */ {no, no, no, no, no, no, no, no, no},
    /* Loading  */ {Ready, Empty, no, no, no, no, no, no, no},
    /* Ready    */ {no, no, no, no, no, no, no, no, no},
    /* Starting */ {no, no, Running, Ready, no, no, no, no, no},
    /* Running  */ {no, no, no, no, no, Finished, no, Failed, Diverged},
    /* Pausing  */ {no, no, no, no, Paused, Finished, no, Failed, Diverged},
    /* Paused   */ {no, no, no, no, no, Finished, no, Failed, Diverged},
    /* Stopping */ {no, no, no, no, no, no, Finished, Failed, Diverged},
    /* Finished */ {no, no, no, no, no, no, no, no, no},
    /* Failed   */ {no, no, no, no, no, no, no, no, no},
    /* Diverged */ {no, no, no, no, no, no, no, no, no},
    /* Disconnected */ {no, no, no, no, no, no, no, no, no},
};

}  // namespace

std::optional<RunState> after(RunState state, Command command) {
    return kAfterCommand[std::size_t(state)][std::size_t(command)];
}

std::optional<RunState> after(RunState state, Fact fact) { return kAfterFact[std::size_t(state)][std::size_t(fact)]; }

bool runIsOpen(RunState state) {
    return state == Starting || state == Running || state == Pausing || state == Paused || state == Stopping;
}

}  // namespace thaw

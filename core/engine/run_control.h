// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/run_state.h"

#include <cstdint>

namespace thaw {

/// The window's side of the state: what the buttons show.
///
/// A click takes effect here at once (the next state of the table), long before the compute thread has seen the
/// command. Reports that the engine sent before it had handled the newest command describe the past and are ignored,
/// so that a button never jumps back.
class RunControl {
public:
    RunState state() const { return state_; }
    bool allows(Command command) const { return isAllowed(state_, command); }

    /// Takes the next state; false, and nothing changed, when the state forbids the command.
    bool request(Command command) {
        const auto next = after(state_, command);
        if (!next) return false;
        state_ = *next;
        ++sent_;
        return true;
    }

    /// The engine's word after `handled` commands; false when it is out of date. What the run was asked from
    /// elsewhere (a file in its folder) is not counted, so that it is shown unless a click is on its way, whose
    /// answer shows both.
    bool adopt(RunState state, std::uint64_t handled) {
        if (handled < sent_) return false;
        handled_ = handled;
        state_ = state;
        return true;
    }

    /// No command is on its way.
    bool isSettled() const { return handled_ >= sent_; }

private:
    RunState state_ = RunState::Empty;
    std::uint64_t sent_ = 0, handled_ = 0;
};

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/engine_command.h"

#include <atomic>
#include <cstdint>

namespace thaw {

/// Which commands are on their way to the engine: a piece of work stops for those that wait, and files that are not
/// wanted any more are not opened.
class CommandCount {
public:
    /// From any thread, before a command is queued.
    void announce(const EngineCommand& command) {
        if (tableCommand(command)) ++announced_;
        else if (std::holds_alternative<command::CancelWork>(command)) ++cancelsAnnounced_;
        else if (std::holds_alternative<command::CancelOpening>(command)) cancelled_ = announced_.load();
    }
    /// From any thread: nothing follows, and what is being done stops.
    void announceEnd() { ++announced_; }

    // Of the engine's thread:

    /// Its turn has come.
    void handle(const EngineCommand& command) {
        if (tableCommand(command)) ++handled_;
        else if (std::holds_alternative<command::CancelWork>(command)) ++cancelsHandled_;
    }
    std::uint64_t handled() const { return handled_; }
    /// One waits that must not wait for the piece that is being done.
    bool isWaiting() const { return announced_ > handled_ || cancelsAnnounced_ > cancelsHandled_; }
    /// The command that is carried out was cancelled, perhaps while it waited.
    bool isCancelled() const { return handled_ <= cancelled_; }

private:
    std::atomic<std::uint64_t> announced_ = 0, cancelsAnnounced_ = 0;
    std::atomic<std::uint64_t> cancelled_ = 0;  // commands up to this one open nothing more
    std::uint64_t handled_ = 0, cancelsHandled_ = 0;
};

}  // namespace thaw

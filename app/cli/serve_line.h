// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/outbox.h"
#include "core/values/engine_command.h"
#include "core/values/error.h"
#include "core/wire/frame.h"

#include <cstddef>
#include <deque>
#include <functional>
#include <optional>
#include <string>

namespace thaw::cli {

/// The engine's end of the line to a window: a socket that is never waited for. Commands are decoded as soon as they
/// are there, facts are encoded when the line takes them, so that of those that wait the newest is sent (Outbox).
class ServeLine {
public:
    /// `announce` hears of each command when it has arrived, before its turn. Sends the greeting.
    ServeLine(int socket, std::function<void(const EngineCommand&)> announce);
    ~ServeLine();
    ServeLine(const ServeLine&) = delete;
    ServeLine& operator=(const ServeLine&) = delete;

    bool isOpen() const { return socket_ >= 0; }
    /// Reads what is there and writes what is taken. A line that has ended, or brings what is no message of Thaw, is
    /// closed; what was understood before stays to be taken.
    void exchange();
    /// Waits at most so long for the window, or for the line to take what is unsent; a signal ends it too.
    void wait(int milliseconds) const;
    std::optional<EngineCommand> take();
    /// Nothing on a line that is closed.
    void tell(EngineFact&& fact);
    /// Lets the line take what is unsent, for at most so long.
    void finish(int milliseconds);
    /// What was wrong with what the window sent.
    const std::optional<Error>& fault() const { return fault_; }

private:
    void receive();
    void send();
    void close();
    void read(const wire::Frame& frame);
    bool isWriting() const { return sent_ < unsent_.size() || !outbox_.empty(); }

    int socket_;
    std::function<void(const EngineCommand&)> announce_;
    wire::FrameReader reader_;
    std::deque<EngineCommand> commands_;
    Outbox outbox_;
    std::string unsent_;  // at most the frame that is being written
    std::size_t sent_ = 0;
    std::optional<Error> fault_;
};

}  // namespace thaw::cli

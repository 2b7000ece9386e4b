// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/serve_line.h"

#include "core/engine/stopwatch.h"
#include "core/values/engine_command_check.h"
#include "core/wire/engine_codec.h"
#include "core/wire/file_codec.h"
#include "core/wire/greeting.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <array>
#include <cerrno>
#include <type_traits>
#include <utility>
#include <vector>

namespace thaw::cli {
namespace {

constexpr const char* kWindow = "the window";
// Nobody clicks so often within one piece of work; what comes beyond waits in the socket.
constexpr std::size_t kMostWaiting = 1000;

// Of the relay too, which answers about files.
wire::Greeting ownGreeting() {
    return {"thaw-cli", THAW_VERSION, wire::kProtocol, {wire::kFilesFeature, wire::kSteeringFeature}};
}

EngineCommand possibleCommandOf(const std::string& payload) {
    EngineCommand command = wire::commandOf(payload, kWindow);
    if (const auto problems = problemsOf(command); !problems.empty())
        throw Error(ErrorCode::Configuration,
                    std::string("'") + kWindow + "' asks for what cannot be done: " + textOf(problems) + ".",
                    "Install the same version of Thaw on both machines.");
    return command;
}

// What is said in place of a fact that does not go over a line: whoever waits for it is told not to.
std::vector<EngineFact> inPlaceOf(const EngineFact& fact, const std::string& message, const std::string& hint) {
    const fact::Failed failed{{Task::Spectrum, ErrorCode::Configuration, message, hint}};
    return std::visit(
        [&](const auto& told) -> std::vector<EngineFact> {
            using Kind = std::decay_t<decltype(told)>;
            if constexpr (std::is_same_v<Kind, fact::FigureMade>)
                return {fact::FigureMade{told.generation,
                                         {told.answer.recipe, {}, ErrorCode::Configuration, message, hint}}};
            else if constexpr (requires { told.generation; }) return {fact::GivenUp{{told.generation}}, failed};
            else return {failed};
        },
        fact);
}

std::string frameOf(const EngineFact& fact) { return wire::frameBytes(wire::FrameKind::Fact, wire::payloadOf(fact)); }

std::string framesOf(const EngineFact& fact) {
    std::string message, hint;
    try {
        return frameOf(fact);
    } catch (const Error& error) {
        message = error.message();
        hint = error.hint();
    } catch (const std::exception& error) {
        message = error.what();  // a value that contradicts itself, or that is longer than any message
    }
    std::string frames;
    for (const auto& instead : inPlaceOf(fact, message, hint)) frames += frameOf(instead);
    return frames;
}

}  // namespace

ServeLine::ServeLine(int socket, std::function<void(const EngineCommand&)> announce)
    : socket_(socket), announce_(std::move(announce)), reader_(kWindow), unsent_(wire::greetingBytes(ownGreeting())) {}

ServeLine::~ServeLine() { close(); }

void ServeLine::close() {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
    outbox_.clear();
    unsent_.clear();
    sent_ = 0;
}

void ServeLine::tell(EngineFact&& fact) {
    if (isOpen()) outbox_.put(std::move(fact));
}

std::optional<EngineCommand> ServeLine::take() {
    if (commands_.empty()) return {};
    std::optional<EngineCommand> first(std::move(commands_.front()));
    commands_.pop_front();
    return first;
}

void ServeLine::exchange() {
    if (!isOpen()) return;
    try {
        receive();
    } catch (const Error& error) {
        fault_ = error;
        outbox_.clear();
        outbox_.put(fact::Failed{{Task::OpenModel, error.code(), error.message(), error.hint()}});
        finish(1000);
        close();
    }
    send();
}

void ServeLine::receive() {
    std::array<char, 65536> piece;
    while (isOpen() && commands_.size() < kMostWaiting) {
        const ssize_t count = ::recv(socket_, piece.data(), piece.size(), MSG_DONTWAIT);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
        if (count <= 0) return close();
        reader_.feed({piece.data(), std::size_t(count)});
        while (const auto frame = reader_.next()) read(*frame);
    }
}

void ServeLine::read(const wire::Frame& frame) {
    switch (frame.kind) {
    case wire::FrameKind::Greeting:
        return wire::requireSameProtocol(ownGreeting(), wire::greetingOf(frame.payload, kWindow), kWindow);
    case wire::FrameKind::Command:
        commands_.push_back(possibleCommandOf(frame.payload));
        return announce_(commands_.back());
    case wire::FrameKind::Beat: return;  // the relay hears it
    case wire::FrameKind::Ask: return;   // and answers this
    case wire::FrameKind::Answer:
    case wire::FrameKind::Fact:
        throw Error(ErrorCode::WrongKind, std::string("'") + kWindow + "' tells facts, which only an engine does.",
                    "Connect with a window of Thaw.");
    }
}

void ServeLine::send() {
    while (isOpen()) {
        if (sent_ == unsent_.size()) {
            const auto fact = outbox_.next();
            if (!fact) return;
            unsent_ = framesOf(*fact);
            sent_ = 0;
        }
        const ssize_t count =
            ::send(socket_, unsent_.data() + sent_, unsent_.size() - sent_, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
        if (count < 0) return close();
        sent_ += std::size_t(count);
    }
}

void ServeLine::wait(int milliseconds) const {
    pollfd ready{socket_, short(POLLIN | (isWriting() ? POLLOUT : 0)), 0};
    ::poll(&ready, isOpen() ? 1 : 0, milliseconds);
}

void ServeLine::finish(int milliseconds) {
    const thaw::Stopwatch waiting = startedStopwatch();
    for (send(); isOpen() && isWriting() && waiting.seconds() * 1000 < milliseconds; send()) {
        pollfd ready{socket_, POLLOUT, 0};
        ::poll(&ready, 1, milliseconds);
    }
}

}  // namespace thaw::cli

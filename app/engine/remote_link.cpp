// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/remote_link.h"

#include "app/engine/engine_facts.h"
#include "core/wire/engine_codec.h"

#include <algorithm>
#include <array>
#include <utility>

namespace thaw {
namespace {

constexpr std::array kPausesSeconds{1, 2, 5, 10, 30};

}  // namespace

RemoteLink::RemoteLink(const RemoteHost& host, EngineFacts& facts) : host_(host), facts_(facts) {
    next_.setSingleShot(true);
    connect(&next_, &QTimer::timeout, this, &RemoteLink::tryNow);
    connectLine();
}

RemoteLink::~RemoteLink() {
    files_.setLine(nullptr);
    delete std::exchange(line_, nullptr);
}

void RemoteLink::connectLine() {
    state_ = State::Connecting;
    line_ = new RemoteLine(host_, this);
    connect(line_, &RemoteLine::opened, this, &RemoteLink::beginEngine);
    connect(line_, &RemoteLine::told, this, &RemoteLink::take);
    connect(line_, &RemoteLine::answered, &files_, &FarFiles::take);
    connect(line_, &RemoteLine::ended, this, &RemoteLink::lineEnded);
}

void RemoteLink::tryNow() {
    next_.stop();
    if (state_ != State::Broken) return;
    connectLine();
    Q_EMIT stateChanged();
}

QString RemoteLink::title() const {
    if (!line_ || !line_->isOpen()) return {};
    const wire::Greeting& greeting = line_->greeting();
    return QString::fromStdString(greeting.program + ' ' + greeting.version);
}

void RemoteLink::beginEngine() {
    state_ = State::Open;
    attempts_ = 0;
    const bool isFirst = !brokenSince_.isValid();
    brokenSince_ = {};
    const std::vector<EngineCommand> commands = isFirst ? std::exchange(waiting_, {}) : reopening_.commands();
    before_ = isFirst ? 0 : posted_;
    reopened_ = isFirst ? 0 : std::uint64_t(std::count_if(commands.begin(), commands.end(), [](const EngineCommand& c) {
        return tableCommand(c).has_value();
    }));
    files_.setLine(line_);
    Q_EMIT stateChanged();
    for (const EngineCommand& command : commands) send(command);
    if (!isFirst && reopened_ == 0) facts_.emitFact(fact::StateChanged{RunState::Empty, posted_});
}

void RemoteLink::send(const EngineCommand& command) {
    if (line_) line_->send(wire::FrameKind::Command, wire::payloadOf(command));
}

void RemoteLink::post(const EngineCommand& command) {
    if (tableCommand(command)) ++posted_;
    reopening_.note(command);
    if (state_ == State::Open) send(command);
    else if (!brokenSince_.isValid()) waiting_.push_back(command);
}

// The engine counts its own commands; the window's went to other engines before.
std::uint64_t RemoteLink::windowsCount(std::uint64_t handled) const {
    return before_ + (handled > reopened_ ? handled - reopened_ : 0);
}

void RemoteLink::take(const EngineFact& fact) {
    const auto* told = std::get_if<fact::StateChanged>(&fact);
    if (!told) {
        reopening_.note(fact);
        return facts_.emitFact(fact);
    }
    const fact::StateChanged state{told->state, windowsCount(told->handled)};
    // On the way to where it was before, it is not there yet: what is to be opened stays so if this line breaks too.
    if (told->handled >= reopened_) reopening_.note(state);
    facts_.emitFact(state);
}

void RemoteLink::lineEnded(const LineFault& fault) {
    files_.setLine(nullptr);
    line_->deleteLater();
    line_ = nullptr;
    state_ = State::Broken;
    fault_ = fault;
    waiting_.clear();
    const bool isNew = !brokenSince_.isValid();
    if (isNew) brokenSince_ = QDateTime::currentDateTime();
    if (fault.mends) next_.start(1000 * kPausesSeconds[std::min(std::size_t(attempts_++), kPausesSeconds.size() - 1)]);
    if (isNew) {
        facts_.emitFact(fact::WorkChanged{});
        facts_.emitFact(fact::StateChanged{RunState::Disconnected, posted_});
    }
    Q_EMIT stateChanged();
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/remote_line.h"

#include "core/values/error.h"
#include "core/wire/engine_codec.h"
#include "core/wire/file_codec.h"

#include <utility>

namespace thaw {
namespace {

constexpr int kLastWords = 4096;
constexpr int kLookEveryMs = 1000, kLeaveWithinMs = 3000, kEndWithinMs = 1000;
// Of a shell that does not find a program, of an engine that a signal ended, and of ssh itself.
constexpr int kNotFound = 127, kOfSsh = 255;
constexpr int kEnded = 130;

wire::Greeting ownLineGreeting() { return {"thaw", THAW_VERSION}; }

bool isRefusal(const QByteArray& words) {
    for (const char* refusal : {"Permission denied", "Host key verification failed", "Bad configuration option"})
        if (words.contains(refusal)) return true;
    return false;
}

}  // namespace

RemoteLine::RemoteLine(const RemoteHost& host, QObject* parent)
    : QObject(parent), host_(host), reader_(host.name.toStdString()), heartbeat_(0) {
    clock_.start();
    connect(&process_, &QProcess::readyReadStandardOutput, this, &RemoteLine::receive);
    connect(&process_, &QProcess::readyReadStandardError, this, [this] { note(process_.readAllStandardError()); });
    connect(&process_, &QProcess::finished, this, &RemoteLine::processEnded);
    connect(
        &process_, &QProcess::errorOccurred, this,
        [this](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart)
                end({tr("'%1' cannot be started").arg(lineProgram()), process_.errorString(),
                     tr("Install the client of OpenSSH on this machine."), false});
        },
        Qt::QueuedConnection);
    connect(&beats_, &QTimer::timeout, this, &RemoteLine::beat);
    process_.start(lineProgram(), lineArguments(host));
    write(wire::greetingBytes(ownLineGreeting()));
    beats_.start(kLookEveryMs);
}

RemoteLine::~RemoteLine() {
    hasEnded_ = true;
    process_.disconnect(this);
    if (process_.state() == QProcess::NotRunning) return;
    // What is on its way is a run that is to be stopped, perhaps.
    while (process_.bytesToWrite() > 0 && process_.waitForBytesWritten(kLeaveWithinMs)) {
    }
    process_.closeWriteChannel();
    if (process_.waitForFinished(kLeaveWithinMs)) return;
    process_.kill();
    process_.waitForFinished(kEndWithinMs);
}

void RemoteLine::write(const std::string& bytes) {
    heartbeat_.sent(now());
    process_.write(bytes.data(), qint64(bytes.size()));
}

void RemoteLine::send(wire::FrameKind kind, const std::string& payload) {
    if (isOpen()) write(wire::frameBytes(kind, payload));
}

void RemoteLine::beat() {
    if (heartbeat_.isSilent(now()))
        return end({tr("Nothing was heard of %1 for %2 seconds").arg(host_.name).arg(wire::Heartbeat::kSilenceSeconds),
                    {},
                    tr("A run there goes on without this window.")});
    if (isOpen() && heartbeat_.beatIsDue(now())) write(wire::frameBytes(wire::FrameKind::Beat, {}));
}

void RemoteLine::note(const QByteArray& errorOutput) {
    lastWords_ += errorOutput;
    if (lastWords_.size() > kLastWords) lastWords_ = lastWords_.right(kLastWords);
}

void RemoteLine::receive() {
    const QByteArray bytes = process_.readAllStandardOutput();
    if (hasEnded_ || bytes.isEmpty()) return;
    heartbeat_.heard(now());
    try {
        reader_.feed({bytes.constData(), std::size_t(bytes.size())});
        while (!hasEnded_) {
            const auto frame = reader_.next();
            if (!frame) return;
            read(*frame);
        }
    } catch (const Error& error) {
        end({tr("%1 cannot be understood").arg(host_.name), QString::fromStdString(error.message()),
             QString::fromStdString(error.hint()), error.code() != ErrorCode::WrongKind});
    }
}

void RemoteLine::read(const wire::Frame& frame) {
    const std::string peer = host_.name.toStdString();
    switch (frame.kind) {
    case wire::FrameKind::Greeting: {
        wire::Greeting theirs = wire::greetingOf(frame.payload, peer);
        wire::requireSameProtocol(ownLineGreeting(), theirs, peer);
        greeting_ = std::move(theirs);
        Q_EMIT opened();
        return;
    }
    case wire::FrameKind::Fact: Q_EMIT told(wire::factOf(frame.payload, peer)); return;
    case wire::FrameKind::Answer: Q_EMIT answered(wire::replyOf(frame.payload, peer)); return;
    case wire::FrameKind::Beat: return;
    case wire::FrameKind::Ask:
    case wire::FrameKind::Command:
        throw Error(ErrorCode::WrongKind, "'" + peer + "' sends commands, which only a window does.",
                    "Name thaw-cli as the program there.");
    }
}

void RemoteLine::processEnded() {
    receive();
    note(process_.readAllStandardError());
    end(faultOf(process_.exitStatus() == QProcess::NormalExit ? process_.exitCode() : 0));
}

// What ssh, the shell there or the engine said last tells more than any sentence of ours.
LineFault RemoteLine::faultOf(int exitCode) const {
    LineFault fault;
    fault.why = QString::fromUtf8(lastWords_).trimmed();
    if (greeting_ && exitCode == kEnded) {
        // Two windows would take one run from each other for ever.
        fault.mends = false;
        fault.what = tr("The engine on %1 was ended there").arg(host_.name);
        fault.hint = tr("Another window took its run over, or somebody ended it; a run was saved before.");
        return fault;
    }
    if (greeting_) {
        fault.what = tr("The line to %1 is broken").arg(host_.name);
        fault.hint = tr("A run there goes on without this window.");
        return fault;
    }
    fault.mends = exitCode == kOfSsh && !isRefusal(lastWords_);
    fault.what = exitCode == kOfSsh ? tr("%1 cannot be reached").arg(host_.name)
                                    : tr("%1 does not answer as Thaw").arg(host_.name);
    try {
        reader_.requireEnd();
    } catch (const Error& error) {
        if (fault.why.isEmpty() || !reader_.preamble().empty()) {
            const QString said = QString::fromStdString(error.message());
            fault.why = fault.why.isEmpty() ? said : said + QLatin1Char('\n') + fault.why;
        }
    }
    if (exitCode == kNotFound) fault.hint = tr("Name the program with its path there.");
    else if (exitCode == kOfSsh)
        fault.hint = tr("Log in once in a terminal: ssh %1. Keys and an agent are needed, passwords are not asked for.")
                         .arg(host_.name);
    else fault.hint = tr("Try it in a terminal: ssh %1 %2 --version").arg(host_.name, host_.command);
    return fault;
}

void RemoteLine::end(LineFault fault) {
    if (std::exchange(hasEnded_, true)) return;
    beats_.stop();
    if (process_.state() != QProcess::NotRunning) process_.kill();
    Q_EMIT ended(fault);
}

}  // namespace thaw

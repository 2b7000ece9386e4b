// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/remote_host.h"
#include "core/formats/file_question.h"
#include "core/values/engine_fact.h"
#include "core/wire/frame.h"
#include "core/wire/greeting.h"
#include "core/wire/heartbeat.h"

#include <QByteArray>
#include <QElapsedTimer>
#include <QObject>
#include <QProcess>
#include <QTimer>

#include <optional>
#include <string>

namespace thaw {

/// Why a line ended, in sentences.
struct LineFault {
    QString what, why, hint;
    bool mends = true;  ///< the same may go well a little later; otherwise somebody has to put something right
};

/// One connection to `thaw-cli serve` on another machine: greeting, frames, beats. It begins when it is made and ends
/// once; who wants another makes another.
class RemoteLine : public QObject {
    Q_OBJECT
public:
    explicit RemoteLine(const RemoteHost& host, QObject* parent = nullptr);
    ~RemoteLine() override;  ///< what was sent is let through, for some seconds

    /// Greetings were exchanged, and it has not ended.
    bool isOpen() const { return greeting_.has_value() && !hasEnded_; }
    /// Of the other side, once it is open.
    const wire::Greeting& greeting() const { return *greeting_; }
    void send(wire::FrameKind kind, const std::string& payload);

Q_SIGNALS:
    void opened();
    void told(const thaw::EngineFact& fact);
    void answered(const thaw::FileReply& reply);
    void ended(const thaw::LineFault& fault);

private:
    void receive();
    void read(const wire::Frame& frame);
    void beat();
    void note(const QByteArray& errorOutput);
    void processEnded();
    void end(LineFault fault);
    void write(const std::string& bytes);
    double now() const { return double(clock_.elapsed()) / 1000; }
    LineFault faultOf(int exitCode) const;

    RemoteHost host_;
    QProcess process_;
    QElapsedTimer clock_;
    QTimer beats_;
    wire::FrameReader reader_;
    wire::Heartbeat heartbeat_;
    std::optional<wire::Greeting> greeting_;
    QByteArray lastWords_;  // of standard error
    bool hasEnded_ = false;
};

}  // namespace thaw

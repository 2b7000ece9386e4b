// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/engine_link.h"
#include "app/engine/far_files.h"
#include "app/engine/remote_line.h"
#include "core/engine/reopening.h"
#include "core/values/engine_fact.h"

#include <QDateTime>
#include <QObject>
#include <QTimer>

#include <cstdint>
#include <vector>

namespace thaw {

class EngineFacts;

/// To an engine on another machine, over a RemoteLine. A line that breaks is made again, after pauses that grow; then
/// what was open is opened again, and a run that went on there is taken over. While it is broken the facts say
/// RunState::Disconnected, in which nothing is allowed. Lives on the window's thread.
class RemoteLink : public QObject, public EngineLink {
    Q_OBJECT
public:
    enum class State {
        Connecting,  ///< for the first time, or again
        Open,
        Broken,  ///< and tried again by itself where LineFault::mends
    };
    /// `facts` gets every fact and must outlive the link.
    RemoteLink(const RemoteHost& host, EngineFacts& facts);
    /// Closes the line. A run goes on there; without one the engine ends.
    ~RemoteLink() override;

    /// In their order, those that are posted before the line is open too. Those of a broken line are not sent.
    void post(const EngineCommand& command) override;

    State state() const { return state_; }
    const RemoteHost& host() const { return host_; }
    /// Since when nothing is known of the engine; of a line that is broken, or made again.
    const QDateTime& brokenSince() const { return brokenSince_; }
    bool isBroken() const { return brokenSince_.isValid(); }
    const LineFault& fault() const { return fault_; }  ///< of the last line
    QString title() const;                             ///< what the other side is, "thaw-cli 0.1.0"
    FarFiles& files() { return files_; }
    /// Now, and not only after the pause.
    void tryNow();

Q_SIGNALS:
    void stateChanged();

private:
    void connectLine();
    void beginEngine();
    void take(const EngineFact& fact);
    void lineEnded(const LineFault& fault);
    void send(const EngineCommand& command);
    std::uint64_t windowsCount(std::uint64_t handled) const;

    RemoteHost host_;
    EngineFacts& facts_;
    State state_ = State::Connecting;
    RemoteLine* line_ = nullptr;
    FarFiles files_;
    LineFault fault_;
    QDateTime brokenSince_;
    QTimer next_;
    int attempts_ = 0;                    // since it was open
    std::vector<EngineCommand> waiting_;  // for the first line
    Reopening reopening_;
    // Commands of the table: what the window posted, what of it this engine never saw, and what was asked of it beside.
    std::uint64_t posted_ = 0, before_ = 0, reopened_ = 0;
};

}  // namespace thaw

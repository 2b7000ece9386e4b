// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/window/session_file.h"
#include "app/window/window_state.h"

#include <QObject>
#include <QStringList>

#include <optional>

class QWidget;

namespace thaw {

class Actions;
class ComputeThread;
class Opening;
class RunReport;
class SaveReport;

/// Sessions: the window state goes into a file and comes back. The state is also kept by itself, every minute and soon after
/// a file was opened or a run was started, so that the next start goes on where this one ended.
class SessionKeeper : public QObject {
    Q_OBJECT
public:
    /// `autosavePath`: the file that keeps the state between starts; empty = none.
    SessionKeeper(const WindowState& state, Opening& opening, ComputeThread& compute, RunReport& report,
                  SaveReport& saveReport, const Actions& actions, const Settings& settings, const QString& autosavePath,
                  QWidget* window);

    SessionFile session() const { return state_.read(); }
    /// Opens the files of the session and applies the rest once they are there. The strip names files that are gone.
    void apply(const SessionFile& session);
    void open(const QString& path);  ///< a damaged file changes nothing; the strip says what is wrong with it
    void save(const QString& path);
    /// Keeps the state now, if it is to be kept and is whole.
    void autosave();
    /// Off while another machine computes: its files mean nothing to the next start.
    void setKeeping(bool on) { keeps_ = on; }

private:
    void applyPending();
    void askWhatToOpen();
    void askWhereToSave();
    void startTimers();

    WindowState state_;
    Opening& opening_;
    ComputeThread& compute_;
    RunReport& report_;
    SaveReport& saveReport_;
    const Settings& settings_;
    QString autosavePath_;
    bool keeps_ = true;
    QWidget* window_;
    std::optional<SessionFile> pending_;  // of which the files are being opened
    QStringList missing_;                 // files of the pending session that are gone
};

}  // namespace thaw

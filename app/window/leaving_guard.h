// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/run_state.h"

#include <QObject>

class QWidget;

namespace thaw {

class ComputeThread;
class FarMachine;
class RunReport;

/// Lets no run be lost when the window is closed: the run is stopped and saved first, then the window closes by itself.
/// Asks only when the run could not be saved, and of a run on another machine, which may go on there.
class LeavingGuard : public QObject {
    Q_OBJECT
public:
    LeavingGuard(ComputeThread& compute, RunReport& report, FarMachine& machine, QWidget* window);

    /// Whether the window may close now. If not, a run is being saved, and the window closes once it is.
    bool mayClose();

    /// From now on nothing is asked, not even when the run could not be saved.
    void askNothing() { asksNothing_ = true; }
    bool asksNothing() const { return asksNothing_; }

private:
    void stopAndLeave();
    void goOn(RunState state);
    void askToLeaveUnsaved();

    ComputeThread& compute_;
    RunReport& report_;
    FarMachine& machine_;
    QWidget* window_;
    bool leaving_ = false;        // closed while a run was going; it is being saved
    bool leavesRunning_ = false;  // the run there; the user has said so
    bool saveFailed_ = false;
    bool asksNothing_ = false;
};

}  // namespace thaw

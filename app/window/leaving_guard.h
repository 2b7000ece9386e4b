// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/run_state.h"

#include <QObject>

class QWidget;

namespace thaw {

class ComputeThread;
class RunReport;

/// Lets no run be lost when the window is closed: the run is stopped and saved first, then the window closes by itself.
/// Asks only when the run could not be saved.
class LeavingGuard : public QObject {
    Q_OBJECT
public:
    LeavingGuard(ComputeThread& compute, RunReport& report, QWidget* window);

    /// Whether the window may close now. If not, a run is being saved, and the window closes once it is.
    bool mayClose();

    /// From now on nothing is asked, not even when the run could not be saved.
    void askNothing() { asksNothing_ = true; }
    bool asksNothing() const { return asksNothing_; }

private:
    void goOn(RunState state);
    void askToLeaveUnsaved();

    ComputeThread& compute_;
    RunReport& report_;
    QWidget* window_;
    bool leaving_ = false;  // closed while a run was going; it is being saved
    bool saveFailed_ = false;
    bool asksNothing_ = false;
};

}  // namespace thaw

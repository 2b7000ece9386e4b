// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/run_state.h"

#include <QObject>
#include <QStringList>

class QAction;
class QWidget;

namespace thaw {

class ComputeThread;

/// What can be done with a run, made once: menus, toolbar and shortcuts share these actions, and the table of run_state.h
/// alone says which of them is enabled. `start`, `measureFid`, `openRunsFolder` and `watchFolder` need what the page knows and are
/// connected by it; all others act on the compute thread.
class RunActions : public QObject {
    Q_OBJECT
public:
    /// `page`: the parent, whose text colour the icons have.
    RunActions(ComputeThread& compute, QWidget* page);

    /// Enables what the state allows and names the pause action after what it would do.
    /// `obstacle` says what keeps a run from starting; empty = nothing.
    void showState(RunState state, const QString& obstacle);

    /// What the pause action is called, in turns.
    static QStringList pauseTexts();

    QAction* start;
    QAction* pause;  ///< resumes while paused
    QAction* stop;
    QAction* step;
    QAction* stepG;
    QAction* stepD;
    QAction* saveSnapshot;
    QAction* measureFid;
    QAction* openRunsFolder;
    QAction* watchFolder;  ///< of runs that others write

private:
    QWidget* page_;
};

}  // namespace thaw

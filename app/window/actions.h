// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/run_state.h"

#include <QAction>
#include <QActionGroup>
#include <QObject>

namespace thaw {

/// The actions of the window itself, made once: menus, toolbar and shortcuts share them, and what is enabled comes from the
/// table of run_state.h alone. What acts on one view belongs to its page.
class Actions : public QObject {
    Q_OBJECT
public:
    /// `window`: the parent, whose text colour the icons have.
    explicit Actions(QWidget* window);

    /// Enables what the state allows.
    void showState(RunState state);

    // File
    QAction* openModel;
    QAction* openBuiltin;
    QAction* openBuiltinColour;
    QAction* openElsewhere;  ///< with the engine of another machine
    QAction* backHere;       ///< to that of this machine
    QAction* openRun;        ///< its newest generator as the model
    QAction* openData;
    QAction* openDataFolder;
    QAction* continueRun;
    QAction* openSession;
    QAction* saveSession;
    QAction* newFigure;  ///< of several panels, to be composed
    QAction* openFigure;
    QAction* quit;
    // View
    QAction* resetLayout;
    QAction* fullScreen;
    QActionGroup* arrangements;  ///< data: name of the arrangement
    QActionGroup* themes;        ///< data: int(Theme)
    QActionGroup* languages;     ///< data: language code, empty = the desktop's
    // Training
    QAction* releaseMemory;
    // Help
    QAction* objectives;
    QAction* helpHere;  ///< the page of the view that has the focus
    QAction* tour;
    QAction* firstSteps;
    QAction* shortcuts;
    QAction* whatsThis;
    QAction* about;

private:
    void makeFile();
    void makeView();
    void makeHelp();
};

}  // namespace thaw

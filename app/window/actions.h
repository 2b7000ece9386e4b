// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/run_state.h"

#include <QAction>
#include <QActionGroup>
#include <QColor>
#include <QObject>

class QPalette;

namespace thaw {

/// Every action of the window, made once: menus, toolbar and shortcuts share them, and what is enabled comes from the
/// table of run_state.h alone.
class Actions : public QObject {
    Q_OBJECT
public:
    explicit Actions(QWidget* parent);

    /// Enables what the state allows and names the pause action after what it would do.
    /// `obstacle` says what keeps a run from starting; empty = nothing.
    void showState(RunState state, const QString& obstacle);
    void retint(const QPalette& palette);

    // File
    QAction* openModel;
    QAction* openBuiltin;
    QAction* openRun;  ///< its newest generator as the model
    QAction* openData;
    QAction* openDataFolder;
    QAction* continueRun;
    QAction* openSession;
    QAction* saveSession;
    QAction* newFigure;  ///< of several panels, to be composed
    QAction* openFigure;
    QAction* saveSnapshot;
    QAction* exportSamples;
    QAction* exportLosses;
    QAction* exportFid;
    QAction* exportFrequency;
    QAction* quit;
    // Edit
    QAction* findBlock;
    // View
    QAction* resetLayout;
    QAction* fullScreen;
    QActionGroup* arrangements;  ///< data: name of the arrangement
    QActionGroup* themes;        ///< data: int(Theme)
    QActionGroup* languages;     ///< data: language code, empty = the desktop's
    // Model
    QAction* showCard;
    QActionGroup* presets;  ///< data: preset key
    // Training
    QAction* start;
    QAction* pause;  ///< resumes while paused
    QAction* stop;
    QAction* objectives;
    QAction* step;
    QAction* stepG;
    QAction* stepD;
    QAction* measureFid;
    QAction* openRunsFolder;
    QAction* releaseMemory;
    // Frequency
    QActionGroup* frequencyViews;    ///< data: int(PanelKind)
    QActionGroup* frequencySources;  ///< data: int(FrequencyPage::Source)
    // Help
    QAction* helpHere;  ///< the page of the view that has the focus
    QAction* tour;
    QAction* firstSteps;
    QAction* shortcuts;
    QAction* whatsThis;
    QAction* about;

private:
    QAction* make(const QString& text, const QString& toolTip = {}, const QKeySequence& shortcut = {});
    QActionGroup* group(const QList<std::pair<QString, QVariant>>& entries);
    void makeFile();
    void makeView();
    void makeTraining();
    void showPauseIcon();

    RunState state_ = RunState::Empty;
    QColor ink_;
};

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/window/pages.h"
#include "app/window/session_file.h"
#include "core/values/engine_messages.h"
#include "core/values/run_state.h"

#include <QMainWindow>
#include <QUndoStack>

#include <optional>

namespace thaw {

class Actions;
class ComputeThread;
class ContinueOffer;
class FarMachine;
class FigureSources;
class FigureWindows;
class HelpGuide;
class LeavingGuard;
class MainToolBar;
class MessageStrip;
class Opening;
class RunReport;
class SaveReport;
class Selection;
class SessionKeeper;
class Settings;
class StatusLine;
class StudiesPage;
class Workbench;

/// What the window opens with.
struct WindowOptions {
    QString model = QStringLiteral("builtin");
    QString data = QStringLiteral("builtin");
    QString runs;  ///< empty = defaultRunsFolder()
    QString device = QStringLiteral("auto");
    QString autosave;                    ///< file that keeps the window state between starts; empty = none
    std::optional<SessionFile> session;  ///< instead of model and data
};

/// The frame: builds pages, toolbar, menus and docks, and the objects that open files, keep sessions, compose figures, help
/// and leave; connects them to the compute thread and to each other. Does nothing itself.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(Settings& settings, const WindowOptions& options, QWidget* parent = nullptr);
    ~MainWindow() override;

    void start();  ///< a run with the settings of the run page
    void startTour();
    /// Saves an open run and leaves, asks nothing, exit code 130: nobody may be there to answer.
    void leaveAtOnce();

    /// Model and data are there and every view shows them.
    bool isSettled() const;

    ComputeThread& compute() const { return *compute_; }
    Selection& selection() const { return *selection_; }
    QUndoStack& undoStack() { return undo_; }
    /// The actions of the window; each page has its own.
    Actions& actions() const { return *actions_; }

    Opening& opening() const { return *opening_; }
    SessionKeeper& sessions() const { return *sessions_; }
    FarMachine& machine() const { return *machine_; }
    ContinueOffer& continueOffer() const { return *offer_; }
    FigureWindows& figures() const { return *figures_; }
    FigureSources& figureSources() const { return *sources_; }

    MessageStrip* strip() const { return strip_; }
    MainToolBar* toolBar() const { return toolBar_; }
    StatusLine* statusLine() const { return status_; }
    Workbench* workbench() const { return workbench_; }
    ModelPage* modelPage() const { return &pages_.card; }
    BlocksPage* blocksPage() const { return &pages_.blocks; }
    ComparePage* comparePage() const { return &pages_.samples; }
    TrainPage* trainPage() const { return &pages_.curves; }
    FrequencyPage* frequencyPage() const { return &pages_.frequency; }
    RunPage* runPage() const { return &pages_.run; }
    StudiesPage* studiesPage() const { return &pages_.studies; }

Q_SIGNALS:
    void settled();
    void failed(
        const thaw::Failure& failure);  ///< as EngineFacts::failed; none is missed by who has just made the window

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    Pages makePages(const QString& runsFolder, const QString& device);
    void buildLayout();
    void connectOpening();
    void connectRun();
    void nameRun();
    void addHistory(const QString& runFolder);
    void connectCurves();
    void connectState();
    void connectSelection();
    void connectSaving();
    void connectFigures();
    void connectStudies();
    void connectView();
    void noteSettled();
    static void keepFocus(const QWidget* before, const QWidget* now);

    Settings& settings_;
    QUndoStack undo_;
    Selection* selection_;
    ComputeThread* compute_;
    Actions* actions_;
    MessageStrip* strip_;
    StatusLine* status_;
    RunReport* report_;
    Pages pages_;
    MainToolBar* toolBar_;
    Workbench* workbench_;
    Opening* opening_;
    FarMachine* machine_;
    ContinueOffer* offer_;
    SaveReport* saving_;
    FigureSources* sources_;
    FigureWindows* figures_;
    SessionKeeper* sessions_;
    HelpGuide* help_;
    LeavingGuard* leaving_;
    bool adoptingModel_ = false;  // its plan is no command to a run that goes on with it
};

}  // namespace thaw

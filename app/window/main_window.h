// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/messages.h"
#include "app/engine/run_state.h"
#include "app/window/session_file.h"
#include "core/values/figure_recipe.h"

#include <QMainWindow>
#include <QUndoStack>

#include <optional>

namespace thaw {

class Actions;
class BlocksPage;
class ComparePage;
class ComputeThread;
class FigureSources;
class FigureWindow;
class FitNotice;
class FrequencyPage;
class HelpWindow;
class LiveViews;
class MainToolBar;
class MessageStrip;
class ModelPage;
class OpenFiles;
class ProgressStrip;
class RunPage;
class RunReport;
class Selection;
class Settings;
class StatusLine;
class TrainPage;
class Workbench;
struct SheetPanel;

/// What the window opens with.
struct WindowOptions {
    QString model = QStringLiteral("builtin");
    QString data = QStringLiteral("builtin");
    QString runs;  ///< empty = defaultRunsFolder()
    QString device = QStringLiteral("auto");
    QString autosave;                    ///< file that keeps the desk between starts; empty = none
    std::optional<SessionFile> session;  ///< instead of model and data
};

/// Builds the pages and connects them to the compute thread and to each other; does nothing itself.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(Settings& settings, const WindowOptions& options, QWidget* parent = nullptr);
    ~MainWindow() override;

    void openModel(const QString& path);
    void openData(const QString& path);
    void start();
    void startTour();

    SessionFile session() const;
    void applySession(const SessionFile& session);
    void openSession(const QString& path);
    void saveSession(const QString& path);

    /// A figure that Thaw made: a view of the frequency page comes back there, others are measured anew in a window.
    void openFigure(const QString& path);
    void addToFigure(const SheetPanel& panel);
    FigureWindow* figureWindow() const;  ///< the one that panels go to; may be null
    FigureSources* figureSources() const { return sources_; }

    /// Model and data are there and every view shows them.
    bool isSettled() const;

    ComputeThread& compute() const { return *compute_; }
    Actions& actions() const { return *actions_; }
    Selection& selection() const { return *selection_; }
    QUndoStack& undoStack() { return undo_; }
    MessageStrip* strip() const { return strip_; }
    MessageStrip* fitStrip() const { return fitStrip_; }
    ProgressStrip* progressStrip() const { return progress_; }
    OpenFiles* files() const { return files_; }
    MainToolBar* toolBar() const { return toolBar_; }
    StatusLine* statusLine() const { return status_; }
    Workbench* workbench() const { return workbench_; }
    ModelPage* modelPage() const { return card_; }
    BlocksPage* blocksPage() const { return blocks_; }
    ComparePage* comparePage() const { return samples_; }
    TrainPage* trainPage() const { return curves_; }
    FrequencyPage* frequencyPage() const { return frequency_; }
    RunPage* runPage() const { return run_; }

Q_SIGNALS:
    void settled();

protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void buildLayout();
    void connectFacts();
    void connectFiles();
    void connectOpening();
    void connectCard();
    void takeOffer();
    void connectEdit();
    void connectTraining();
    void connectView();
    void connectFrequency();
    void connectExports();
    void connectHelp();
    void connectFigures();
    FigureWindow* makeFigureWindow();
    void showFigure(FigureWindow* window);
    bool figuresMayClose();
    void restoreView(const FigureRecipe& recipe);
    void showPanel(const FigureRecipe& recipe);
    void checkSources(const FigureRecipe& recipe);
    void askForAgainst();
    void setAgainst(const QString& path);
    void connectSession();
    void connectRecovery();
    void connectMemory();
    void applyPending();
    void autosave();
    void showHelp(const QString& page);
    void showState(RunState state);
    void showEnabled();
    void leaveWhenSaved(RunState state);
    void askToLeaveUnsaved();
    void noteSettled();

    Settings& settings_;
    QString runsFolder_;
    QUndoStack undo_;
    Selection* selection_;
    ComputeThread* compute_;
    Actions* actions_;
    MessageStrip* strip_;
    MessageStrip* fitStrip_;
    ProgressStrip* progress_;
    FitNotice* fit_;
    MainToolBar* toolBar_;
    StatusLine* status_;
    BlocksPage* blocks_;
    ComparePage* samples_;
    TrainPage* curves_;
    FrequencyPage* frequency_;
    RunPage* run_;
    ModelPage* card_;
    Workbench* workbench_ = nullptr;
    LiveViews* live_;
    RunReport* report_;
    OpenFiles* files_;
    FigureSources* sources_;
    HelpWindow* help_ = nullptr;
    QString device_;
    QList<FigureWindow*> figures_;             // the last one shown comes last
    std::optional<FigureRecipe> pendingView_;  // of which the files are being opened
    QString modelPath_ = QStringLiteral("builtin"), dataPath_ = QStringLiteral("builtin");
    QString autosavePath_;
    std::optional<SessionFile> pending_;  // of which the files are being opened
    QStringList missing_;
    bool askingDevice_ = false;  // how much memory of the GPU is in use
    bool leaving_ = false;       // closed while a run was going; it is being saved
    bool saveFailed_ = false;
};

}  // namespace thaw

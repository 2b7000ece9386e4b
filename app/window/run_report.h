// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/training/run_progress.h"
#include "core/values/engine_messages.h"
#include "core/values/opened_run.h"
#include "core/values/run_state.h"
#include "core/values/train_state.h"

#include <QElapsedTimer>
#include <QObject>

#include <optional>

namespace thaw {

class ComputeThread;
class MessageStrip;
class Notifier;
class StatusLine;

/// Says in words where the run is: the window's title, the status line, the strip when a run has ended or something went
/// wrong, and a notification for a user who looks at another window.
class RunReport : public QObject {
    Q_OBJECT
public:
    RunReport(ComputeThread& compute, StatusLine& status, MessageStrip& strip, QWidget* window);

    const QString& runTitle() const { return runTitle_; }  ///< name of the run folder; empty before the first run
    void setRunTitle(const QString& title);
    const QString& runFolder() const { return runFolder_; }
    /// The other machine that computes, or since when nothing is known of it; empty = this one.
    void setMachine(const QString& words);
    QString windowTitle() const;
    /// Something about the open files that is no failure of the compute thread.
    void showProblem(const QString& what, const QString& why = {}, const QString& hint = {});
    void showDataNotes(const DataSummary& data);

    /// What the strip's button does.
    enum class Offer { None, OpenModel, OpenData, OpenBuiltinModel, OpenBuiltinData, OpenRunFolder, ChooseTeacher };
    /// What was asked for when the open run was opened to be looked at; empty = it was not.
    const QString& lookedAtPath() const { return lookedAt_; }

Q_SIGNALS:
    void offerTaken(thaw::RunReport::Offer offer);  ///< the user pressed the strip's button
    void windowTitleChanged(const QString& title);
    void failureShown(const thaw::Failure& failure);

private:
    void showState(RunState state);
    void forgetRun();               // another model was opened
    void forgetFailure(Task task);  // it was put right
    void showFailure(const Failure& failure);
    void showEnd(RunOutcome outcome);
    void showOpenedRun(const OpenedRun& run);
    void showTeacher(const OpenedRun& run);
    void notify(RunOutcome outcome);

    ComputeThread& compute_;
    StatusLine& status_;
    MessageStrip& strip_;
    Notifier* notifier_;
    RunProgress progress_;
    QElapsedTimer clock_;
    QString machine_;
    QString modelTitle_;
    QString opening_;  // the path being opened, or opened last
    bool hasData_ = false;
    QString runTitle_;
    QString runFolder_;
    std::optional<double> originalFid_;
    std::optional<double> fid_;
    QString fidName_;                             // FID, FD or FWD
    std::string fidFeatures_, originalFeatures_;  // only like is set beside like
    Offer offer_ = Offer::None;
    RunOutcome outcome_ = RunOutcome::Finished;  // of the run that has ended last
    QString lookedAt_;
    bool waitsForSnapshot_ = false;  // the strip says that the open run has none yet
    std::optional<Task> shown_;      // the failed task whose message stands in the strip
};

}  // namespace thaw

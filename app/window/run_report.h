// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/messages.h"
#include "app/engine/run_state.h"
#include "app/training/run_progress.h"
#include "core/values/train_state.h"

#include <QElapsedTimer>
#include <QObject>

#include <optional>

namespace thaw {

class ComputeThread;
class MessageStrip;
class StatusLine;

/// Says in words where the run is: the window's title, the status line, and the strip when a run has ended or
/// something went wrong.
class RunReport : public QObject {
    Q_OBJECT
public:
    RunReport(ComputeThread& compute, StatusLine& status, MessageStrip& strip, QObject* parent = nullptr);

    const QString& runTitle() const { return runTitle_; }  ///< name of the run folder; empty before the first run
    const QString& runFolder() const { return runFolder_; }
    QString windowTitle() const;
    void showState(RunState state);
    void forgetRun();  ///< another model was opened
    /// Something about the open files that is no failure of the compute thread.
    void showProblem(const QString& what, const QString& why = {}, const QString& hint = {});
    void showDataNotes(const DataSummary& data);

    /// What the strip's button would do just now.
    enum class Offer { None, OpenModel, OpenData, OpenBuiltinModel, OpenBuiltinData, OpenRunFolder, ContinueRun };
    Offer offer() const { return offer_; }
    /// Asks whether an interrupted run shall go on; closing the strip says no.
    void offerContinue(const QString& folder, double kimg);
    const QString& interruptedRun() const { return interrupted_; }

Q_SIGNALS:
    void windowTitleChanged(const QString& title);
    void continueDeclined(const QString& folder);
    void failureShown(const thaw::Failure& failure);

private:
    void forgetFailure(Task task);  // it was put right
    void showFailure(const Failure& failure);
    void showEnd(RunOutcome outcome);

    ComputeThread& compute_;
    StatusLine& status_;
    MessageStrip& strip_;
    RunProgress progress_;
    QElapsedTimer clock_;
    QString modelTitle_;
    QString opening_;  // the path being opened, or opened last
    bool hasData_ = false;
    QString runTitle_;
    QString runFolder_;
    std::optional<double> originalFid_;
    std::optional<double> fid_;
    Offer offer_ = Offer::None;
    QString interrupted_;        // folder
    std::optional<Task> shown_;  // the failed task whose message stands in the strip
};

}  // namespace thaw

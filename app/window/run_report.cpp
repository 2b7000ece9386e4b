// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/run_report.h"

#include "app/engine/compute_thread.h"
#include "app/shared/error_text.h"
#include "app/shared/value_text.h"
#include "app/window/notifier.h"
#include "app/window/status_line.h"
#include "widgets/base/message_strip.h"
#include "widgets/base/number_text.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <cmath>
#include <utility>

namespace thaw {

RunReport::RunReport(ComputeThread& compute, StatusLine& status, MessageStrip& strip, QWidget* window)
    : QObject(window), compute_(compute), status_(status), strip_(strip), notifier_(new Notifier(window)) {
    clock_.start();
    connect(&compute, &ComputeThread::stateChanged, this, &RunReport::showState);
    const EngineFacts* facts = compute.facts();
    connect(facts, &EngineFacts::modelOpened, this, [this](const ModelSummary& model) {
        modelTitle_ = QString::fromStdString(model.title);
        originalFid_.reset();
        forgetFailure(Task::OpenModel);
        forgetRun();
    });
    connect(facts, &EngineFacts::openingBegan, this, [this](const QString& path) { opening_ = path; });
    connect(facts, &EngineFacts::dataOpened, this, [this] {
        hasData_ = true;
        forgetFailure(Task::OpenData);
    });
    connect(facts, &EngineFacts::runStarted, this, [this](const QString& folder, const FinetuneConfig& config) {
        runFolder_ = folder;
        runTitle_ = QFileInfo(folder).fileName();
        lookedAt_.clear();
        fid_.reset();
        progress_.begin(config);
        status_.forgetRun();
        status_.setProgress(progress_);
        strip_.clear();
        Q_EMIT windowTitleChanged(windowTitle());
    });
    connect(facts, &EngineFacts::stepsDone, this, [this](const std::vector<StepMetrics>& steps) {
        const int before = int(progress_.percent());
        progress_.add(steps, double(clock_.elapsed()) / 1000);
        status_.setMeasuring(false);
        status_.setProgress(progress_);
        if (int(progress_.percent()) != before) Q_EMIT windowTitleChanged(windowTitle());
    });
    connect(facts, &EngineFacts::fidBegun, this, [this] { status_.setMeasuring(true); });
    connect(facts, &EngineFacts::fidMeasured, this, [this](const FidPoint& point) {
        fid_ = point.fid;
        fidName_ = distanceName(point);
        fidFeatures_ = point.features;
        status_.setMeasuring(false);
        Q_EMIT windowTitleChanged(windowTitle());
    });
    connect(facts, &EngineFacts::originalFidMeasured, this, [this](const FidPoint& point) {
        originalFid_ = point.fid;
        originalFeatures_ = point.features;
    });
    connect(facts, &EngineFacts::runOpened, this, &RunReport::showOpenedRun);
    connect(facts, &EngineFacts::runRenewed, this, [this] {
        if (std::exchange(waitsForSnapshot_, false)) strip_.clear();
    });
    connect(facts, &EngineFacts::runNotYet, this, [this](const QString& folder) {
        showProblem(tr("Pre-training %1 has saved no snapshot yet").arg(QFileInfo(folder).fileName()),
                    tr("Its curves are drawn; the open model stays."),
                    tr("It can be opened as a model from its first snapshot on."));
    });
    connect(facts, &EngineFacts::snapshotSaved, this, [this] { status_.noteSaved(); });
    connect(facts, &EngineFacts::runEnded, this, &RunReport::showEnd);
    connect(facts, &EngineFacts::runEnded, this, &RunReport::notify);
    connect(facts, &EngineFacts::failed, this, &RunReport::showFailure);
    connect(&strip, &MessageStrip::actionTriggered, this, [this] { Q_EMIT offerTaken(offer_); });
    connect(&strip, &MessageStrip::closed, this, [this] { offer_ = Offer::None; });
}

QString RunReport::windowTitle() const {
    QStringList parts{tr("Thaw")};
    if (!machine_.isEmpty()) parts << machine_;
    if (!modelTitle_.isEmpty()) parts << modelTitle_;
    if (!runTitle_.isEmpty()) parts << runTitle_;
    const QString percent = tr("%1 %").arg(int(std::floor(progress_.percent())));
    switch (compute_.state()) {
    case RunState::Running: parts << QStringLiteral("▶ ") + percent; break;
    case RunState::Pausing:
    case RunState::Paused: parts << QStringLiteral("⏸ ") + percent; break;
    case RunState::Starting:
    case RunState::Stopping: parts << QStringLiteral("… ") + percent; break;
    case RunState::Finished:
        parts << (outcome_ == RunOutcome::Finished ? QStringLiteral("✓ ") : QStringLiteral("⏹ ")) + percent;
        break;
    case RunState::Failed:
    case RunState::Diverged: parts << QStringLiteral("✗ ") + percent; break;
    case RunState::Empty:
    case RunState::Loading:
    case RunState::Ready:
    case RunState::Disconnected: break;
    }
    if (fid_) parts << QStringLiteral("%1 %2").arg(fidName_, formatNumber(*fid_, 3));
    return parts.join(QStringLiteral(" – "));
}

void RunReport::setRunTitle(const QString& title) {
    runTitle_ = title;
    Q_EMIT windowTitleChanged(windowTitle());
}

void RunReport::setMachine(const QString& words) {
    machine_ = words;
    Q_EMIT windowTitleChanged(windowTitle());
}

void RunReport::showState(RunState state) {
    if (state != RunState::Running) progress_.pause();
    status_.setState(state);
    Q_EMIT windowTitleChanged(windowTitle());
}

void RunReport::forgetRun() {
    runTitle_.clear();
    runFolder_.clear();
    lookedAt_.clear();
    if (offer_ == Offer::ChooseTeacher) {
        offer_ = Offer::None;
        strip_.clear();
    }
    fid_.reset();
    progress_ = {};
    status_.forgetRun();
    Q_EMIT windowTitleChanged(windowTitle());
}

void RunReport::showFailure(const Failure& failure) {
    const ErrorText text = ErrorText::of(failure);
    QString action;
    offer_ = Offer::None;
    // With nothing open yet, the files that come with the program are a way to begin.
    const bool builtinMayHelp = opening_ != QLatin1String("builtin");
    if (failure.task == Task::OpenModel) {
        const bool empty = modelTitle_.isEmpty() && builtinMayHelp;
        offer_ = empty ? Offer::OpenBuiltinModel : Offer::OpenModel;
        action = empty ? tr("Use the built-in model") : tr("Open model…");
    } else if (failure.task == Task::OpenData) {
        const bool empty = !hasData_ && builtinMayHelp;
        offer_ = empty ? Offer::OpenBuiltinData : Offer::OpenData;
        action = empty ? tr("Use the built-in data") : tr("Open data set…");
    }
    strip_.showMessage(MessageStrip::Severity::Error, text.what, text.why, text.hint, action);
    shown_ = failure.task;
    Q_EMIT failureShown(failure);
}

void RunReport::forgetFailure(Task task) {
    if (shown_ != task) return;
    shown_.reset();
    strip_.clear();
}

void RunReport::showProblem(const QString& what, const QString& why, const QString& hint) {
    offer_ = Offer::None;
    shown_.reset();
    waitsForSnapshot_ = false;
    strip_.showMessage(MessageStrip::Severity::Info, what, why, hint);
}

void RunReport::showOpenedRun(const OpenedRun& run) {
    runFolder_ = QString::fromStdString(run.folder);
    runTitle_ = QFileInfo(runFolder_).fileName();
    lookedAt_ = QString::fromStdString(run.path);
    if (run.snapshot.empty()) {
        showProblem(tr("Run %1 has saved no snapshot yet").arg(runTitle_),
                    run.hasTeacher() ? tr("Its settings and curves are shown, and the model that it was made from.")
                                     : tr("Its settings and curves are shown. The model that it was made from is not "
                                          "where it was: %1")
                                           .arg(QDir::toNativeSeparators(QString::fromStdString(run.teacher))),
                    tr("Samples and spectra of its own can be shown from its first snapshot on."));
        waitsForSnapshot_ = true;
    } else if (run.state != TeacherState::Own) {
        showTeacher(run);
    } else if (!run.dataProblem.empty()) {
        showProblem(tr("The data set of run %1 is not open").arg(runTitle_), QString::fromStdString(run.dataProblem),
                    tr("Real images and distances are those of the data set that is open."));
    }
    Q_EMIT windowTitleChanged(windowTitle());
}

// Without its teacher a run is what it is, one generator: there is no original to set it beside.
void RunReport::showTeacher(const OpenedRun& run) {
    const QString file = QDir::toNativeSeparators(QString::fromStdString(run.teacher));
    const QString alone = tr("What is open now is the run's generator alone, without an original beside it.");
    QString what, why = file + QLatin1Char('\n') + alone,
                  hint = tr("Choose the file where it is now, and both are shown.");
    switch (run.state) {
    case TeacherState::Own: return;
    case TeacherState::Missing: what = tr("The model that run %1 was made from is not where it was"); break;
    case TeacherState::Changed:
        what = tr("The model that run %1 was made from has changed since");
        hint = tr("Choose an unchanged copy; or the same file, to see it as the original all the same.");
        break;
    case TeacherState::Unrecorded:
        what = tr("Run %1 does not record which model it was made from");
        why = alone;
        hint = tr("Choose that model, and both are shown.");
        break;
    case TeacherState::Chosen:
        what = tr("The original is not the recorded model of run %1");
        why = tr("%1 was chosen; its checksum is not the recorded one.").arg(file);
        hint.clear();
        break;
    }
    offer_ = Offer::ChooseTeacher;
    shown_.reset();
    strip_.showMessage(MessageStrip::Severity::Warning, what.arg(runTitle_), why, hint, tr("Choose the model…"));
}

void RunReport::showDataNotes(const DataSummary& data) {
    constexpr std::size_t kShown = 3;
    if (data.notes.empty()) return;
    QStringList lines;
    for (std::size_t i = 0; i < std::min(kShown, data.notes.size()); ++i)
        lines << QString::fromStdString(data.notes[i]);
    if (data.notes.size() > kShown) lines << tr("and %n more", nullptr, int(data.notes.size() - kShown));
    showProblem(tr("Opened %1, with remarks").arg(QString::fromStdString(data.title)), lines.join(QLatin1Char('\n')));
}

void RunReport::showEnd(RunOutcome outcome) {
    outcome_ = outcome;
    status_.setOutcome(outcome);
    Q_EMIT windowTitleChanged(windowTitle());
    if (outcome == RunOutcome::Failed || outcome == RunOutcome::Diverged) return;  // the failure itself was shown
    status_.noteSaved();
    const bool finished = outcome == RunOutcome::Finished;
    const QString seen = formatQuantity(progress_.kimg(), tr("kimg"));
    QString result;
    if (fid_ && originalFid_ && fidFeatures_ == originalFeatures_)
        result = tr("%1 at one step: %2 before, %3 after.")
                     .arg(fidName_, formatNumber(*originalFid_, 3), formatNumber(*fid_, 3));
    // A folder of another machine cannot be opened here.
    offer_ = machine_.isEmpty() ? Offer::OpenRunFolder : Offer::None;
    shown_.reset();
    strip_.showMessage(finished ? MessageStrip::Severity::Success : MessageStrip::Severity::Info,
                       finished ? tr("Run %1 is finished: %2").arg(runTitle_, seen)
                                : tr("Run %1 is stopped and saved at %2").arg(runTitle_, seen),
                       result, finished ? QString() : tr("The list of runs can continue it."),
                       machine_.isEmpty() ? tr("Open folder") : QString());
}

void RunReport::notify(RunOutcome outcome) {
    switch (outcome) {
    case RunOutcome::Finished: return notifier_->notify(tr("Run %1 is finished").arg(runTitle_));
    case RunOutcome::Failed: return notifier_->notify(tr("Run %1 failed").arg(runTitle_));
    case RunOutcome::Diverged: return notifier_->notify(tr("Run %1 diverged").arg(runTitle_));
    case RunOutcome::Stopped: return;  // by the user, who knows
    }
}

}  // namespace thaw

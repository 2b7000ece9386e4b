// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/training/run_steerer.h"

#include "app/engine/far_files.h"
#include "app/shared/known_runs.h"
#include "app/shared/read_aside.h"
#include "app/shared/watched_folders.h"
#include "app/training/rates_dialog.h"
#include "core/formats/file_answers.h"

#include <QAction>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QTimer>

#include <optional>
#include <utility>

namespace thaw {
namespace {

constexpr int kBetweenLooksMs = 200, kMostThreads = 4;
// A line that was broken for longer brings no request back to life: who asked has turned to something else.
constexpr std::chrono::seconds kLongestBreak{60};

QString whyNotIn(RunState state) {
    switch (state) {
    case RunState::Starting: return RunSteerer::tr("The run is still beginning.");
    case RunState::Running: return RunSteerer::tr("The run is running.");
    case RunState::Pausing: return RunSteerer::tr("The run is about to pause.");
    case RunState::Paused: return RunSteerer::tr("The run is paused.");
    case RunState::Stopping: return RunSteerer::tr("The run is being saved and ends.");
    case RunState::Empty:
    case RunState::Loading:
    case RunState::Ready:
    case RunState::Finished:
    case RunState::Failed:
    case RunState::Diverged:
    case RunState::Disconnected: break;
    }
    return RunSteerer::tr("The run has ended.");
}

QString menuTextOf(SteeringVerb verb) {
    switch (verb) {
    case SteeringVerb::Pause: return RunSteerer::tr("Pause");
    case SteeringVerb::Resume: return RunSteerer::tr("Resume");
    case SteeringVerb::Stop: return RunSteerer::tr("Stop and save…");
    case SteeringVerb::Snapshot: return RunSteerer::tr("Save a snapshot");
    case SteeringVerb::Freeze: return RunSteerer::tr("Give it this freeze plan");
    case SteeringVerb::Rate: break;
    }
    return RunSteerer::tr("Learning rates…");
}

QString tooOld() {
    return RunSteerer::tr("The Thaw on the other machine cannot be asked for this. Install this version there.");
}

}  // namespace

struct RunSteerer::Asked {
    RunAsking asking;
    QString run;
    int line = 0;  // over which it was asked last; 0 = there was none
    std::optional<RunAsking::Clock::time_point> brokenSince;
};

RunSteerer::RunSteerer(KnownRuns& known, QWidget* page) : QObject(page), known_(known), page_(page) {
    threads_.setMaxThreadCount(kMostThreads);
}

RunSteerer::~RunSteerer() = default;

void RunSteerer::setFar(FarFiles* far) {
    const QString why = tr("The window has left that machine before there was an answer.");
    for (const auto& [run, asked] : std::map(asked_)) {
        withdraw(*asked);
        end(asked, why);
    }
    if (far_) far_->disconnect(this);
    far_ = far;
    isFar_ = far != nullptr;
    if (far) connect(far, &FarFiles::ready, this, &RunSteerer::goOn);
}

void RunSteerer::addTo(QMenu& menu, const QString& run) {
    menu.setToolTipsVisible(true);
    for (const SteeringVerb verb : {SteeringVerb::Pause, SteeringVerb::Resume, SteeringVerb::Snapshot,
                                    SteeringVerb::Stop, SteeringVerb::Freeze, SteeringVerb::Rate}) {
        QAction* action = menu.addAction(menuTextOf(verb));
        action->setObjectName(QStringLiteral("steer_") + QLatin1String(wordFor(verb)));
        const QString why = obstacle(run, verb);
        action->setEnabled(why.isEmpty());
        if (!why.isEmpty()) action->setToolTip(why);
        else if (verb == SteeringVerb::Freeze)
            action->setToolTip(tr("From its next step on: %1").arg(QString::fromStdString(toText(plan_()))));
        connect(action, &QAction::triggered, this, [this, run, verb] { begin(run, verb); });
    }
}

bool RunSteerer::isAsking(const QString& run) const { return asked_.count(cleanPath(run)) > 0; }

QString RunSteerer::obstacleToAll(const QString& folder) const {
    const RunSummary* run = known_.known(folder);
    if (!run || !run->importedFrom.empty()) return tr("No process of Thaw writes this run.");
    // What is looked at is of others, although it is the open one.
    const bool isLookedAt = !known_.lookedAt().isEmpty() && cleanPath(known_.lookedAt()) == cleanPath(folder);
    if (runIsOpen_ && known_.isCurrent(*run) && !isLookedAt)
        return tr("It is the run of this window: the toolbar has its buttons.");
    if (isFar_ && (!far_ || !far_->isReady())) return tr("There is no connection to the other machine.");
    if (isFar_ && !far_->maySteer()) return tooOld();
    if (known_.silentSince(folder)) return tr("Its folder does not answer.");
    if (!run->process) return tr("No process writes this run.");
    if (isAsking(folder)) return tr("It was asked for something and has not answered yet.");
    if (!run->process->state) return tr("Its process has not said yet how the run stands.");
    return {};
}

QString RunSteerer::obstacle(const QString& folder, SteeringVerb verb) const {
    if (const QString why = obstacleToAll(folder); !why.isEmpty()) return why;
    const RunSummary& run = *known_.known(folder);
    if (!isAllowed(*run.process->state, commandOf(verb))) return whyNotIn(*run.process->state);
    if (verb != SteeringVerb::Freeze) return {};
    if (run.objective.empty()) return tr("A pre-training has no freeze plan.");
    return plan_ ? QString() : tr("There is no model whose blocks could be frozen.");
}

void RunSteerer::begin(const QString& run, SteeringVerb verb) {
    if (verb == SteeringVerb::Stop) return askWhetherToStop(run);
    if (verb == SteeringVerb::Rate) return askForRates(run);
    SteeringRequest request;
    request.verb = verb;
    if (verb == SteeringVerb::Freeze) request.plan = plan_();
    ask(run, request);
}

void RunSteerer::askWhetherToStop(const QString& run) {
    auto* box = new QMessageBox(QMessageBox::Question, tr("Stop and save"), tr("Stop the run %1?").arg(runName(run)),
                                QMessageBox::Cancel, page_->window());
    box->setObjectName(QStringLiteral("stopOtherRun"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr("It is saved, and its process ends. It can be continued from exactly there."));
    QPushButton* stop = box->addButton(tr("&Stop and save"), QMessageBox::AcceptRole);
    box->setDefaultButton(QMessageBox::Cancel);
    connect(stop, &QPushButton::clicked, this, [this, run] {
        SteeringRequest request;
        request.verb = SteeringVerb::Stop;
        ask(run, request);
    });
    box->open();
}

void RunSteerer::askForRates(const QString& run) {
    const RunSummary* known = known_.known(run);
    auto* dialog = new RatesDialog(runName(run), known && known->objective.empty(), page_->window());
    connect(dialog, &QDialog::accepted, this, [this, run, dialog] {
        SteeringRequest request;
        request.verb = SteeringVerb::Rate;
        request.g = dialog->g();
        request.d = dialog->d();
        ask(run, request);
    });
    dialog->open();
}

void RunSteerer::ask(const QString& run, const SteeringRequest& request) {
    if (isAsking(run)) return;
    auto asked = std::make_shared<Asked>(Asked{RunAsking(run.toStdString(), request, patience_), run, 0, {}});
    asked_[cleanPath(run)] = asked;
    look(asked);
}

bool RunSteerer::isUnderWay(const AskedPointer& asked) const {
    const auto found = asked_.find(cleanPath(asked->run));
    return found != asked_.end() && found->second == asked;
}

void RunSteerer::send(const Asked& asked, AskingStep step, std::function<void(const FileAnswer&)> take) {
    const question::Steer question{asked.asking.run(), step, asked.asking.request()};
    if (!isFar_)
        readAside(
            this, [question] { return FileAnswers().answer(question); }, std::move(take), &threads_);
    else if (far_) far_->ask(this, question, std::move(take));
}

void RunSteerer::look(const AskedPointer& asked) {
    if (isFar_ && far_ && far_->isReady() && !far_->maySteer()) return end(asked, tooOld());
    asked->line = far_ && far_->isReady() ? far_->lines() : 0;
    send(*asked, asked->asking.next(), [this, asked](const FileAnswer& answer) { take(asked, answer); });
}

void RunSteerer::lookLater(const AskedPointer& asked) {
    QTimer::singleShot(kBetweenLooksMs, this, [this, asked] {
        if (isUnderWay(asked)) look(asked);
    });
}

void RunSteerer::take(const AskedPointer& asked, const FileAnswer& answer) {
    if (!isUnderWay(asked)) return;
    if (const auto* steered = std::get_if<answer::Steered>(&answer)) {
        if (const auto ended = asked->asking.take(steered->run)) finish(asked, *ended);
        else lookLater(asked);
        return;
    }
    const bool isLineBroken = isFar_ && (!far_ || asked->line == 0 || asked->line != far_->lines() || !far_->isReady());
    if (isLineBroken) return waitForLine(asked);
    const auto* failed = std::get_if<answer::Failed>(&answer);
    withdraw(*asked);
    end(asked, failed ? QString::fromStdString(failed->message) : tr("The answer was not understood."));
}

// A step whose answer was lost is done again: it does nothing twice.
void RunSteerer::waitForLine(const AskedPointer& asked) {
    if (!asked->brokenSince) asked->brokenSince = RunAsking::Clock::now();
    if (far_ && far_->isReady()) goOn();
}

void RunSteerer::goOn() {
    for (const auto& [run, asked] : std::map(asked_)) {
        const auto since = std::exchange(asked->brokenSince, {});
        if (!since) continue;
        const auto time = RunAsking::Clock::now() - *since;
        if (time <= kLongestBreak) {
            asked->asking.prolong(time);
            look(asked);
            continue;
        }
        withdraw(*asked);
        end(asked, tr("The line to the other machine broke before there was an answer, and was broken for long."));
    }
}

// What the run has not taken yet it shall not do later.
void RunSteerer::withdraw(const Asked& asked) {
    send(asked, AskingStep::Withdraw, [](const FileAnswer&) {});
}

void RunSteerer::end(const AskedPointer& asked, const QString& why) {
    asked_.erase(cleanPath(asked->run));
    Q_EMIT failed(tr("Run %1 was not steered").arg(runName(asked->run)), why);
}

void RunSteerer::finish(const AskedPointer& asked, const AskingEnd& ended) {
    const QString words = QString::fromStdString(ended.message);
    known_.refresh();  // how it stands now
    if (ended.kind != AskingEnd::Kind::Done) return end(asked, words);
    asked_.erase(cleanPath(asked->run));
    Q_EMIT answered(tr("Run %1 has answered").arg(runName(asked->run)), words);
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/session_keeper.h"

#include "app/engine/compute_thread.h"
#include "app/shared/open_target.h"
#include "app/shared/settings.h"
#include "app/window/actions.h"
#include "app/window/opening.h"
#include "app/window/run_report.h"
#include "app/window/save_report.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QTimer>

#include <utility>

namespace thaw {
namespace {

constexpr int kAutosaveMs = 60'000;
constexpr int kSoonMs = 1000;

}  // namespace

SessionKeeper::SessionKeeper(const WindowState& state, Opening& opening, ComputeThread& compute, RunReport& report,
                             SaveReport& saveReport, const Actions& actions, const Settings& settings,
                             const QString& autosavePath, QWidget* window)
    : QObject(window),
      state_(state),
      opening_(opening),
      compute_(compute),
      report_(report),
      saveReport_(saveReport),
      settings_(settings),
      autosavePath_(autosavePath),
      window_(window) {
    connect(&compute, &ComputeThread::stateChanged, this, [this](RunState now) {
        if (pending_ && now != RunState::Loading) applyPending();
    });
    connect(actions.openSession, &QAction::triggered, this, &SessionKeeper::askWhatToOpen);
    connect(actions.saveSession, &QAction::triggered, this, &SessionKeeper::askWhereToSave);
    startTimers();
}

void SessionKeeper::startTimers() {
    auto* every = new QTimer(this);
    connect(every, &QTimer::timeout, this, &SessionKeeper::autosave);
    every->start(kAutosaveMs);
    // Opening a file or starting a run changes the state in several steps; it is kept once they are done.
    auto* soon = new QTimer(this);
    soon->setSingleShot(true);
    soon->setInterval(kSoonMs);
    connect(soon, &QTimer::timeout, this, &SessionKeeper::autosave);
    const EngineFacts* facts = compute_.facts();
    connect(facts, &EngineFacts::modelOpened, soon, [soon] { soon->start(); });
    connect(facts, &EngineFacts::dataOpened, soon, [soon] { soon->start(); });
    connect(facts, &EngineFacts::runStarted, soon, [soon] { soon->start(); });
}

void SessionKeeper::apply(const SessionFile& session) {
    if (!compute_.allows(Command::OpenModel))
        return report_.showProblem(tr("A run is going"), {},
                                   tr("Stop it first; it is saved. Then open the session again."));
    pending_ = session;
    missing_.clear();
    for (QString* path : {&pending_->model, &pending_->data})
        if (!isBuiltinName(*path) && !QFileInfo::exists(*path)) {
            missing_ << QDir::toNativeSeparators(*path);
            path->clear();
        }
    // At the start there is nothing to stay with; the built-in files take the place of what is gone.
    if (compute_.state() == RunState::Empty)
        for (QString* path : {&pending_->model, &pending_->data})
            if (path->isEmpty()) *path = QStringLiteral("builtin");
    if (!pending_->model.isEmpty()) opening_.openModel(pending_->model);
    if (!pending_->data.isEmpty()) opening_.openData(pending_->data);
    if (compute_.state() != RunState::Loading) applyPending();
}

void SessionKeeper::applyPending() {
    if (!pending_) return;
    const SessionFile session = std::move(*pending_);
    pending_.reset();
    state_.apply(session);
    if (!missing_.isEmpty())
        report_.showProblem(tr("A part of the session is not where it was"), missing_.join(QLatin1Char('\n')),
                            tr("Open it from its new place; everything else is restored."));
    missing_.clear();
}

void SessionKeeper::open(const QString& path) {
    QString problem;
    if (const auto session = readSession(path, &problem)) apply(*session);
    else report_.showProblem(problem);
}

void SessionKeeper::save(const QString& path) {
    const QString problem = writeSession(path, session());
    if (problem.isEmpty()) saveReport_.showSaved(path);
    else saveReport_.showFailure(path, problem);
}

void SessionKeeper::autosave() {
    if (!keeps_ || autosavePath_.isEmpty() || pending_ || compute_.state() == RunState::Loading) return;
    QDir().mkpath(QFileInfo(autosavePath_).absolutePath());
    writeSession(autosavePath_, session());  // a full disk is no reason to disturb; the next minute tries again
}

void SessionKeeper::askWhatToOpen() {
    auto* dialog = new QFileDialog(window_, tr("Open session"), settings_.exportFolder(), tr("Sessions (*.thaw)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &SessionKeeper::open);
    dialog->open();
}

void SessionKeeper::askWhereToSave() {
    auto* dialog = new QFileDialog(window_, tr("Save session"), settings_.exportFolder(), tr("Sessions (*.thaw)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QLatin1String(kSessionSuffix));
    connect(dialog, &QFileDialog::fileSelected, this, &SessionKeeper::save);
    dialog->open();
}

}  // namespace thaw

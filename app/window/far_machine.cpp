// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/far_machine.h"

#include "app/engine/compute_thread.h"
#include "app/shared/settings.h"
#include "app/shared/watched_folders.h"
#include "app/window/actions.h"
#include "app/window/remote_dialog.h"
#include "app/window/run_report.h"
#include "app/window/status_line.h"
#include "widgets/base/message_strip.h"

#include <QMessageBox>
#include <QPushButton>

#include <memory>
#include <utility>

namespace thaw {

FarMachine::FarMachine(ComputeThread& compute, const ComputeOptions& local, RunReport& report, StatusLine& status,
                       const Actions& actions, Settings& settings, QWidget* window)
    : QObject(window),
      compute_(compute),
      local_(local),
      report_(report),
      status_(status),
      actions_(actions),
      settings_(settings),
      window_(window),
      strip_(new MessageStrip(window)) {
    strip_->setObjectName(QStringLiteral("farMachine"));
    strip_->hide();
    connect(actions.openElsewhere, &QAction::triggered, this, &FarMachine::askForHost);
    connect(actions.backHere, &QAction::triggered, this, &FarMachine::askToGoBack);
    connect(strip_, &MessageStrip::actionTriggered, this, [this] {
        if (!offered_.isEmpty()) {
            strip_->clear();
            compute_.continueRun(std::exchange(offered_, {}), false, true);
        } else if (link_) {
            link_->tryNow();
        }
    });
    connect(&compute, &ComputeThread::stateChanged, this, [this](RunState state) {
        showActions();
        if (runIsOpen(state) && !offered_.isEmpty()) {
            offered_.clear();
            strip_->clear();
        }
        // Not now: the engine that tells this would be gone before it has told it to all.
        if (goesBack_ && !runIsOpen(state) && state != RunState::Disconnected)
            QMetaObject::invokeMethod(
                this,
                [this] {
                    if (goesBack_) goBack();
                },
                Qt::QueuedConnection);
    });
    connect(compute.facts(), &EngineFacts::runStarted, this, [this](const QString& folder) {
        if (isFar()) settings_.setLastRunOn(name(), folder);
    });
    showActions();
}

void FarMachine::askForHost() {
    auto* dialog = new RemoteDialog(settings_, window_);
    connect(dialog, &RemoteDialog::chosen, this, &FarMachine::connectTo);
    connect(dialog, &RemoteDialog::helpRequested, this, &FarMachine::helpRequested);
    dialog->open();
}

void FarMachine::connectTo(const RemoteHost& host) {
    if (runIsOpen(compute_.state())) return;
    goesBack_ = false;
    offered_.clear();
    RemoteLink* made = nullptr;
    compute_.connectTo([&](EngineFacts& facts) {
        auto link = std::make_unique<RemoteLink>(host, facts);
        made = link.get();
        return link;
    });
    link_ = made;
    connect(made, &RemoteLink::stateChanged, this, &FarMachine::show);
    Q_EMIT moved();
    show();
}

void FarMachine::askToGoBack() {
    if (!isFar()) return;
    if (!runIsOpen(compute_.state())) return goBack();
    askAboutRun([this] { goBack(); },
                [this] {
                    goesBack_ = true;
                    compute_.stop();
                });
}

void FarMachine::goBack() {
    if (!isFar()) return;
    goesBack_ = false;
    offered_.clear();
    compute_.connectToThisMachine(local_);
    Q_EMIT moved();
    show();
}

void FarMachine::askAboutRun(const std::function<void()>& leaveIt, const std::function<void()>& stopIt) {
    auto* box = new QMessageBox(QMessageBox::Question, tr("A run goes on there"),
                                tr("What shall become of run %1 on %2?").arg(report_.runTitle(), name()),
                                QMessageBox::Cancel, window_);
    box->setObjectName(QStringLiteral("farRun"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr(
        "Left running, it goes on to its end there, and Model > Open on another machine… finds it again. A paused run "
        "is saved and ended after ten minutes."));
    QPushButton* leave = box->addButton(tr("&Leave it running"), QMessageBox::AcceptRole);
    QPushButton* stop = box->addButton(tr("&Stop and save"), QMessageBox::DestructiveRole);
    box->setDefaultButton(leave);
    connect(leave, &QPushButton::clicked, this, leaveIt);
    connect(stop, &QPushButton::clicked, this, stopIt);
    box->open();
}

void FarMachine::offerTakeOver(const QString& folder, const QString& title) {
    if (!link_ || link_->isBroken() || offered_ == folder) return;
    offered_ = folder;
    strip_->showMessage(MessageStrip::Severity::Info, tr("Run %1 goes on on %2").arg(title, name()), {},
                        tr("It is saved there, and goes on in this window."), tr("Take it over"));
}

// What is shown is from the moment when the line broke, and says so.
void FarMachine::show() {
    const bool isBroken = link_ && link_->isBroken();
    const QString words =
        isBroken ? tr("%1: no connection since %2").arg(name(), momentText(link_->brokenSince())) : name();
    report_.setMachine(words);
    status_.setMachine(words, link_ ? link_->title() : QString());
    if (isBroken) showBroken();
    else if (offered_.isEmpty()) strip_->clear();
    showActions();
}

void FarMachine::showBroken() {
    offered_.clear();
    const LineFault& fault = link_->fault();
    const bool isTrying = link_->state() == RemoteLink::State::Connecting;
    const QString next = isTrying      ? tr("It is being tried again.")
                         : fault.mends ? tr("It is tried again by itself, every half minute at the least.")
                                       : tr("Put it right, then try again.");
    const QString hint = fault.hint.isEmpty() ? next : fault.hint + QLatin1Char(' ') + next;
    strip_->showMessage(MessageStrip::Severity::Warning, fault.what, fault.why, hint,
                        isTrying ? QString() : tr("Try now"));
}

void FarMachine::showActions() {
    const RunState state = compute_.state();
    actions_.openElsewhere->setEnabled(isAllowed(state, Command::OpenModel) || state == RunState::Disconnected);
    actions_.backHere->setEnabled(isFar() && state != RunState::Stopping);
}

}  // namespace thaw

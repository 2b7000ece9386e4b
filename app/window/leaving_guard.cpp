// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/leaving_guard.h"

#include "app/engine/compute_thread.h"
#include "app/window/far_machine.h"
#include "app/window/run_report.h"

#include <QMessageBox>
#include <QPushButton>
#include <QWidget>

namespace thaw {

LeavingGuard::LeavingGuard(ComputeThread& compute, RunReport& report, FarMachine& machine, QWidget* window)
    : QObject(window), compute_(compute), report_(report), machine_(machine), window_(window) {
    connect(&compute, &ComputeThread::stateChanged, this, &LeavingGuard::goOn);
    connect(compute.facts(), &EngineFacts::runStarted, this, [this] { saveFailed_ = false; });
    connect(&report, &RunReport::failureShown, this,
            [this](const Failure& failure) { saveFailed_ = failure.task == Task::Save; });
}

bool LeavingGuard::mayClose() {
    if (!runIsOpen(compute_.state())) return true;
    if (!machine_.isFar()) {
        stopAndLeave();
        return false;
    }
    // It goes on there; a signal to this program says nothing about it.
    if (asksNothing_ || leavesRunning_) return true;
    machine_.askAboutRun(
        [this] {
            leavesRunning_ = true;
            window_->close();
            leavesRunning_ = false;
        },
        [this] { stopAndLeave(); });
    return false;
}

void LeavingGuard::stopAndLeave() {
    leaving_ = true;
    compute_.leave();
    goOn(compute_.state());  // it may have ended while the question was asked
}

void LeavingGuard::goOn(RunState state) {
    // Over a broken line nobody knows whether it is saved.
    if (!leaving_ || runIsOpen(state) || state == RunState::Disconnected) return;
    if (saveFailed_ && !asksNothing_) return askToLeaveUnsaved();
    window_->close();
}

void LeavingGuard::askToLeaveUnsaved() {
    leaving_ = false;
    auto* box =
        new QMessageBox(QMessageBox::Warning, tr("The run could not be saved"),
                        tr("Leaving now loses what run %1 has learnt since its last snapshot.").arg(report_.runTitle()),
                        QMessageBox::NoButton, window_);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* leave = box->addButton(tr("Leave and lose it"), QMessageBox::DestructiveRole);
    box->setDefaultButton(box->addButton(tr("Stay"), QMessageBox::RejectRole));
    connect(leave, &QPushButton::clicked, window_, &QWidget::close);
    box->open();
}

}  // namespace thaw

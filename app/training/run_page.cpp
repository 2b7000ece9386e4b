// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/training/run_page.h"

#include "app/engine/compute_thread.h"
#include "app/training/run_actions.h"
#include "app/training/runs_list.h"
#include "app/training/settings_difference.h"
#include "widgets/base/theme.h"
#include "widgets/run/run_form.h"

#include <QAction>
#include <QDesktopServices>
#include <QDir>
#include <QUrl>
#include <QVBoxLayout>

namespace thaw {

RunPage::RunPage(ComputeThread& compute, const QString& runsFolder, QWidget* parent)
    : QWidget(parent),
      compute_(compute),
      runsFolder_(runsFolder),
      form_(new RunForm(this)),
      runs_(new RunsList(runsFolder, this)),
      actions_(new RunActions(compute, this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kGrid, 0, kGrid, kGrid);
    layout->setSpacing(2 * kGrid);
    setMinimumWidth(35 * kGrid);
    layout->addWidget(form_, 3);
    layout->addWidget(runs_, 1);
    connectActions();
    connect(&compute, &ComputeThread::stateChanged, this, &RunPage::showState);
    connect(form_, &RunForm::validityChanged, this, &RunPage::showState);
    connect(compute.facts(), &Engine::runEnded, runs_, &RunsList::refresh);
    connect(runs_, &RunsList::continueRequested, &compute,
            [&compute](const QString& folder) { compute.continueRun(folder); });
    connect(runs_, &RunsList::compareRequested, this,
            [this](const QString& a, const QString& configA, const QString& b, const QString& configB) {
                (new SettingsDifference(a, configA, b, configB, window()))->show();
            });
    showState();
}

void RunPage::connectActions() {
    connect(actions_->start, &QAction::triggered, this, &RunPage::start);
    connect(actions_->measureFid, &QAction::triggered, this,
            [this] { compute_.measureFid(form_->config().fidImages); });
    connect(actions_->openRunsFolder, &QAction::triggered, this, [this] {
        QDir().mkpath(runsFolder_);
        QDesktopServices::openUrl(QUrl::fromLocalFile(runsFolder_));
    });
}

void RunPage::start() {
    if (form_->isValid() && obstacle_.isEmpty()) compute_.start(form_->config(), runsFolder_);
}

void RunPage::setObstacle(const QString& obstacle) {
    obstacle_ = obstacle;
    showState();
}

void RunPage::showState() {
    const RunState state = compute_.state();
    const QString problem = form_->isValid() ? QString() : tr("A setting of the run needs another value.");
    actions_->showState(state, obstacle_.isEmpty() ? problem : obstacle_);
    form_->setLocked(runIsOpen(state));
    runs_->setEnabledFor(isAllowed(state, Command::OpenModel), isAllowed(state, Command::Start));
}

}  // namespace thaw

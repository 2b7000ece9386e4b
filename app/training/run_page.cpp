// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/training/run_page.h"

#include "app/engine/compute_thread.h"
#include "app/shared/known_runs.h"
#include "app/training/run_actions.h"
#include "app/training/run_comparison.h"
#include "app/training/run_steerer.h"
#include "app/training/runs_list.h"
#include "widgets/base/theme.h"
#include "widgets/run/run_form.h"

#include <QAction>
#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace thaw {

RunPage::RunPage(ComputeThread& compute, const QString& runsFolder, QWidget* parent)
    : QWidget(parent),
      compute_(compute),
      runsFolder_(runsFolder),
      form_(new RunForm(this)),
      measure_(new QLabel(this)),
      runs_(new RunsList(runsFolder, this)),
      actions_(new RunActions(compute, this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kGrid, 0, kGrid, kGrid);
    layout->setSpacing(2 * kGrid);
    setMinimumWidth(std::max(int(35 * kGrid * textScale(this)), form_->minimumSizeHint().width() + 2 * kGrid));
    measure_->setObjectName(QStringLiteral("runMeasure"));
    measure_->setWordWrap(true);
    QSizePolicy keep = measure_->sizePolicy();
    keep.setRetainSizeWhenHidden(true);
    measure_->setSizePolicy(keep);
    layout->addWidget(form_, 3);
    layout->addWidget(measure_);
    layout->addWidget(runs_, 1);
    connectActions();
    connect(&compute, &ComputeThread::stateChanged, this, &RunPage::showState);
    connect(form_, &RunForm::validityChanged, this, &RunPage::showState);
    connect(form_, &RunForm::configChanged, this, &RunPage::showMeasure);
    connect(compute.facts(), &EngineFacts::dataOpened, this, &RunPage::setData);
    connect(compute.facts(), &EngineFacts::runStarted, this, &RunPage::showMeasure);
    connect(compute.facts(), &EngineFacts::runEnded, runs_, &RunsList::refresh);
    connect(runs_, &RunsList::continueRequested, this, &RunPage::continueRun);
    connect(runs_, &RunsList::compareRequested, this, &RunPage::compare);
    // The form has the plan of the block tree.
    runs_->steerer().setPlan([this] { return form_->config().freeze; });
    // A running run has its figures in the table as they come.
    KnownRuns& known = runs_->known();
    connect(compute.facts(), &EngineFacts::stepsDone, &known,
            [&known](const std::vector<StepMetrics>& steps) { known.showLive(steps); });
    connect(compute.facts(), &EngineFacts::fidMeasured, &known,
            [&known](const FidPoint& point) { known.showLive(point); });
    connect(compute.facts(), &EngineFacts::runMarked, &known, [&known](const RunMark& mark) {
        if (mark.kind == RunMark::Kind::Freeze) known.showLive(RunEvent{mark.step, mark.kimg, mark.detail, "freeze"});
    });
    showState();
}

void RunPage::connectActions() {
    connect(actions_->start, &QAction::triggered, this, &RunPage::start);
    connect(actions_->measureFid, &QAction::triggered, this,
            [this] { compute_.measureFid(form_->config().fidImages); });
    connect(actions_->watchFolder, &QAction::triggered, runs_, &RunsList::askWhatToWatch);
    connect(actions_->openRunsFolder, &QAction::triggered, this, [this] {
        QDir().mkpath(runsFolder_);
        QDesktopServices::openUrl(QUrl::fromLocalFile(runsFolder_));
    });
}

void RunPage::setPlace(const QString& runsFolder, FarFiles* far) {
    runsFolder_ = runsFolder;
    runs_->moveTo(runsFolder, far);
    for (QAction* action : {actions_->openRunsFolder, actions_->watchFolder}) {
        action->setEnabled(!far);
        action->setToolTip(far ? tr("The runs lie on another machine, where this cannot be done yet.")
                               : action->statusTip());
    }
}

// One that a process there goes on with is taken from it, which saves it first.
void RunPage::continueRun(const QString& folder) {
    const RunSummary* run = runs_->known().find(folder);
    if (!runs_->known().isFar() || !run || !run->running) {
        compute_.continueRun(folder);
        return;
    }
    auto* box =
        new QMessageBox(QMessageBox::Question, tr("Take the run over"),
                        tr("Another process goes on with run %1.").arg(runName(*run)), QMessageBox::Cancel, window());
    box->setObjectName(QStringLiteral("takeOver"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(
        tr("Taken over, it is saved there, that process ends, and the run goes on in this window."));
    QPushButton* take = box->addButton(tr("&Take it over"), QMessageBox::AcceptRole);
    box->setDefaultButton(take);
    connect(take, &QPushButton::clicked, this, [this, folder] { compute_.continueRun(folder, false, true); });
    box->open();
}

void RunPage::compare(const QStringList& folders) {
    const KnownRuns& known = runs_->known();
    std::vector<RunSummary> runs;
    for (const QString& folder : folders)
        if (const RunSummary* run = known.find(folder)) runs.push_back(*run);
    if (runs.size() < 2) return;
    auto* comparison = new RunComparison(compute_, runs, known.current(), window());
    connect(comparison, &RunComparison::columnsRequested, this, [this](const QStringList& columns) {
        for (const QString& folder : columns) Q_EMIT runs_->columnRequested(folder);
    });
    comparison->show();
}

void RunPage::start() {
    if (form_->isValid() && obstacle_.isEmpty() && !runsFolder_.isEmpty()) compute_.start(form_->config(), runsFolder_);
}

void RunPage::setObstacle(const QString& obstacle) {
    obstacle_ = obstacle;
    showMeasure();
    showState();
}

void RunPage::setData(const DataSummary& data) {
    images_ = {data.channels, data.resolution, data.path == kBuiltinFeatures};
    showMeasure();
}

void RunPage::showMeasure() {
    measure_->setText(measureText());
    // Of a run that can begin. Hidden, it keeps its place: what stands below must not move.
    measure_->setVisible(!measure_->text().isEmpty() && obstacle_.isEmpty());
}

QString RunPage::measureText() const {
    if (!images_) return {};
    const std::string features = chosenFeatures(form_->config().measure.features, *images_);
    if (features == kNoFeatures)
        return tr("Without a measure: no distance, no best snapshot. Name features under Advanced to have them.");
    if (features == kBuiltinFeatures) return tr("Measured by FD with the built-in classifier.");
    if (features == kWaveletFeatures)
        return tr("Measured by FWD, the Fréchet wavelet distance (level %1); kernel distance, precision and recall "
                  "need a "
                  "feature network.")
            .arg(waveletLevel(images_->resolution));
    return tr("Measured by FD with the features of %1.").arg(QFileInfo(QString::fromStdString(features)).fileName());
}

void RunPage::showState() {
    const RunState state = compute_.state();
    const QString problem = form_->isValid() ? QString() : tr("A setting of the run needs another value.");
    actions_->showState(state, obstacle_.isEmpty() ? problem : obstacle_);
    form_->setLocked(runIsOpen(state));
    runs_->steerer().setRunIsOpen(runIsOpen(state));
    runs_->setEnabledFor(isAllowed(state, Command::OpenModel), isAllowed(state, Command::Start));
}

}  // namespace thaw

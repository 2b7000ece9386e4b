// SPDX-License-Identifier: GPL-3.0-or-later

// What the window's menus, buttons and keys do.
#include "app/engine/compute_thread.h"
#include "app/figure/export_button.h"
#include "app/frequency/frequency_page.h"
#include "app/model/blocks_page.h"
#include "app/samples/compare_page.h"
#include "app/shared/selection.h"
#include "app/shared/settings.h"
#include "app/training/run_page.h"
#include "app/training/train_page.h"
#include "app/window/actions.h"
#include "app/window/main_toolbar.h"
#include "app/window/main_window.h"
#include "app/window/status_line.h"
#include "app/window/workbench.h"
#include "widgets/base/message_strip.h"
#include "widgets/model/block_tree.h"
#include "widgets/run/run_form.h"

#include <QApplication>
#include <QDesktopServices>
#include <QDir>
#include <QDockWidget>
#include <QLineEdit>
#include <QUrl>

namespace thaw {

void MainWindow::connectEdit() {
    connect(actions_->findBlock, &QAction::triggered, this, [this] {
        workbench_->blocks()->show();
        if (auto* line = blocks_->findChild<QLineEdit*>()) line->setFocus(Qt::ShortcutFocusReason);
    });
    connect(actions_->presets, &QActionGroup::triggered, this, [this](const QAction* action) {
        blocks_->changePlan(parseFreezePlan(action->data().toString().toStdString()));
    });
    connect(blocks_, &BlocksPage::planChanged, this, [this](const FreezePlan& plan) {
        toolBar_->setPlan(plan);
        frequency_->setPlan(plan);
        run_->form()->setFreeze(plan);
        if (runIsOpen(compute_->state())) compute_->setFreeze(plan);
    });
}

void MainWindow::connectTraining() {
    connect(actions_->start, &QAction::triggered, this, &MainWindow::start);
    connect(actions_->pause, &QAction::triggered, this, [this] { compute_->pause() || compute_->resume(); });
    connect(actions_->stop, &QAction::triggered, compute_, &ComputeThread::stop);
    connect(actions_->step, &QAction::triggered, this, [this] { compute_->step(StepPart::Both); });
    connect(actions_->stepG, &QAction::triggered, this, [this] { compute_->step(StepPart::Generator); });
    connect(actions_->stepD, &QAction::triggered, this, [this] { compute_->step(StepPart::Discriminator); });
    connect(actions_->saveSnapshot, &QAction::triggered, compute_, &ComputeThread::saveSnapshot);
    connect(actions_->measureFid, &QAction::triggered, this,
            [this] { compute_->measureFid(run_->form()->config().fidImages); });
    connect(actions_->openRunsFolder, &QAction::triggered, this, [this] {
        QDir().mkpath(runsFolder_);
        QDesktopServices::openUrl(QUrl::fromLocalFile(runsFolder_));
    });
    connect(run_->form(), &RunForm::validityChanged, this, &MainWindow::showEnabled);
    showEnabled();
}

void MainWindow::connectView() {
    const auto check = [](const QActionGroup* group, const QVariant& data) {
        for (QAction* action : group->actions()) action->setChecked(action->data() == data);
    };
    connect(actions_->arrangements, &QActionGroup::triggered, this,
            [this](const QAction* action) { workbench_->arrange(action->data().toString()); });
    connect(workbench_, &Workbench::arranged, this,
            [this, check](const QString& name) { check(actions_->arrangements, name); });
    connect(actions_->resetLayout, &QAction::triggered, workbench_, &Workbench::reset);
    connect(actions_->fullScreen, &QAction::toggled, this, [this](bool on) { on ? showFullScreen() : showNormal(); });
    check(actions_->themes, int(settings_.theme()));
    connect(actions_->themes, &QActionGroup::triggered, this, [this](const QAction* action) {
        const auto theme = Theme(action->data().toInt());
        settings_.setTheme(theme);
        applyTheme(*qApp, theme);
    });
    check(actions_->languages, settings_.language());
    connect(actions_->languages, &QActionGroup::triggered, this, [this](const QAction* action) {
        settings_.setLanguage(action->data().toString());
        strip_->showMessage(MessageStrip::Severity::Info,
                            tr("The language changes when Thaw is opened the next time."));
    });
    connect(samples_, &ComparePage::hovered, status_, &StatusLine::setReadout);
    connect(curves_, &TrainPage::hovered, status_, &StatusLine::setReadout);
    connect(frequency_, &FrequencyPage::hovered, status_, &StatusLine::setReadout);
}

void MainWindow::connectFrequency() {
    connect(actions_->frequencyViews, &QActionGroup::triggered, this, [this](const QAction* action) {
        workbench_->frequency()->show();
        frequency_->setView(PanelKind(action->data().toInt()));
    });
    connect(actions_->frequencySources, &QActionGroup::triggered, this,
            [this](const QAction* action) { frequency_->setSource(FrequencyPage::Source(action->data().toInt())); });
    const auto checkView = [this](PanelKind view) {
        for (QAction* action : actions_->frequencyViews->actions())
            if (action->data().toInt() == int(view)) action->setChecked(true);
    };
    connect(frequency_, &FrequencyPage::viewChanged, this, checkView);
    connect(frequency_, &FrequencyPage::sourceChanged, this, [this](FrequencyPage::Source source) {
        actions_->frequencySources->actions().at(source)->setChecked(true);
    });
    checkView(frequency_->view());
    actions_->frequencySources->actions().at(frequency_->source())->setChecked(true);
}

void MainWindow::connectExports() {
    const std::pair<QAction*, ExportButton*> exports[] = {{actions_->exportSamples, samples_->exportButton()},
                                                          {actions_->exportLosses, curves_->lossExport()},
                                                          {actions_->exportFid, curves_->fidExport()},
                                                          {actions_->exportFrequency, frequency_->exportButton()}};
    connect(samples_, &ComparePage::saved, this, [this](const QString& path) {
        strip_->showMessage(MessageStrip::Severity::Success, tr("Saved %1").arg(QDir::toNativeSeparators(path)));
    });
    connect(samples_, &ComparePage::saveFailed, this, [this](const QString& path, const QString& why) {
        strip_->showMessage(MessageStrip::Severity::Error,
                            tr("%1 could not be written").arg(QDir::toNativeSeparators(path)), why);
    });
    for (const auto& [action, button] : exports) {
        connect(action, &QAction::triggered, button, [button = button] { button->ask(); });
        connect(button, &ExportButton::exported, this, [this](const QString& path) {
            strip_->showMessage(MessageStrip::Severity::Success, tr("Saved %1").arg(QDir::toNativeSeparators(path)));
        });
        connect(button, &ExportButton::exportFailed, this, [this](const QString& path, const QString& why) {
            strip_->showMessage(MessageStrip::Severity::Error,
                                tr("%1 could not be written").arg(QDir::toNativeSeparators(path)), why);
        });
    }
}

}  // namespace thaw

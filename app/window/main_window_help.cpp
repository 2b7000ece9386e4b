// SPDX-License-Identifier: GPL-3.0-or-later

// Help of the window: pages, the page of the view that has the focus, the tour.
#include "app/figure/export_button.h"
#include "app/frequency/frequency_page.h"
#include "app/model/blocks_page.h"
#include "app/samples/compare_page.h"
#include "app/shared/settings.h"
#include "app/training/run_page.h"
#include "app/training/train_page.h"
#include "app/window/actions.h"
#include "app/window/help_window.h"
#include "app/window/main_toolbar.h"
#include "app/window/main_window.h"
#include "app/window/tour.h"
#include "app/window/workbench.h"
#include "widgets/samples/sample_grid.h"

#include <QApplication>
#include <QDockWidget>
#include <QMessageBox>
#include <QPushButton>

namespace thaw {

void MainWindow::showHelp(const QString& page) {
    if (!help_) help_ = new HelpWindow(this);
    help_->showPage(page);
}

void MainWindow::connectHelp() {
    const std::pair<QAction*, const char*> pages[] = {
        {actions_->firstSteps, "first-steps"}, {actions_->objectives, "objectives"}, {actions_->shortcuts, "keys"}};
    for (const auto& [action, page] : pages)
        connect(action, &QAction::triggered, this, [this, page = page] { showHelp(QLatin1String(page)); });
    connect(actions_->helpHere, &QAction::triggered, this, [this] {
        const QWidget* focus = QApplication::focusWidget();
        for (const QDockWidget* dock : workbench_->docks())
            if (focus && dock->isAncestorOf(focus)) return showHelp(dock->objectName());
        showHelp(QStringLiteral("first-steps"));
    });
    connect(workbench_, &Workbench::helpRequested, this, &MainWindow::showHelp);
    connect(actions_->tour, &QAction::triggered, this, &MainWindow::startTour);
    connect(actions_->about, &QAction::triggered, this, [this] {
        auto* box = new QMessageBox(QMessageBox::NoIcon, tr("About Thaw"), aboutText(), QMessageBox::Close, this);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->setIconPixmap(windowIcon().pixmap(64));
        box->setModal(false);
        box->show();
    });
}

void MainWindow::startTour() {
    if (findChild<Tour*>()) return;
    settings_.setTourSeen();
    workbench_->arrange(QStringLiteral("train"));
    workbench_->blocks()->raise();
    std::vector<TourStop> stops{
        {nullptr, tr("One step instead of eighteen"),
         tr("A diffusion model needs many steps for an image. Thaw shows how a short GAN fine-tuning, with most of the "
            "network frozen, turns it into a one-step generator. Everything here runs on the built-in model; this tour "
            "takes three minutes.")},
        {samples_, tr("The same seeds, three ways"),
         tr("Left: 18 steps. Middle: one step of the same model, a blur: the average of all it could be. Right, soon: "
            "one step after fine-tuning. Hold Shift over an image to see the column before in its place.")},
        {blocks_, tr("What stays frozen"),
         tr("A tick freezes a weight. The preset D2O-F freezes the convolutions, 82 % of this network. Tick and untick "
            "as you like, also while a run goes on; undo works here.")},
        {toolBar_->startButton(), tr("Press Start"),
         tr("The part that is lit stays alive: press Start now. Every step, a discriminator compares one-step images "
            "with real ones, and the thawed weights learn.")},
        {curves_, tr("Watch it learn"),
         tr("G and D should hover, neither running away. The Fréchet distance falls: lower is better, the dotted line "
            "is where one step began. Click a step to pin it.")},
        {samples_->grid(), tr("See the shapes come"),
         tr("The right column sharpens within a thousand images. W wipes between two columns, D shows their "
            "difference, the wheel magnifies, dragging an image walks through the latents.")},
        {frequency_, tr("Ask why"),
         tr("How a block responds, by spatial frequency. Click a block in the tree, then compare Before, After and "
            "Change.")},
        {run_, tr("Every run is kept"),
         tr("Settings above, all runs below: tick some to draw their curves together. Each has a folder of its own and "
            "can be continued exactly where it stopped.")},
        {samples_->exportButton(), tr("Take it home"),
         tr("Every view exports figures with live text, and exactly the numbers drawn. F1 explains the view you are "
            "in. Have a good look around!")}};
    new Tour(std::move(stops), this);
}

}  // namespace thaw

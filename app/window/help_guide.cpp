// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/help_guide.h"

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
#include "app/window/tour.h"
#include "app/window/workbench.h"
#include "widgets/samples/sample_grid.h"

#include <QApplication>
#include <QDockWidget>
#include <QMessageBox>
#include <QPushButton>

#include <utility>

namespace thaw {

HelpGuide::HelpGuide(const Pages& pages, Workbench& workbench, const MainToolBar& toolBar, const Actions& actions,
                     Settings& settings, QWidget* window)
    : QObject(window), pages_(pages), workbench_(workbench), toolBar_(toolBar), settings_(settings), window_(window) {
    const std::pair<QAction*, const char*> helpPages[] = {
        {actions.firstSteps, "first-steps"}, {actions.objectives, "objectives"}, {actions.shortcuts, "keys"}};
    for (const auto& [action, page] : helpPages)
        connect(action, &QAction::triggered, this, [this, page = page] { showPage(QLatin1String(page)); });
    connect(actions.helpHere, &QAction::triggered, this, &HelpGuide::showPageOfFocus);
    connect(&workbench, &Workbench::helpRequested, this, &HelpGuide::showPage);
    connect(actions.tour, &QAction::triggered, this, &HelpGuide::startTour);
    connect(actions.about, &QAction::triggered, this, &HelpGuide::showAbout);
}

void HelpGuide::showPage(const QString& name) {
    if (!help_) help_ = new HelpWindow(window_);
    help_->showPage(name);
}

void HelpGuide::showPageOfFocus() {
    const QWidget* focus = QApplication::focusWidget();
    for (const QDockWidget* dock : workbench_.docks())
        if (focus && dock->isAncestorOf(focus)) return showPage(dock->objectName());
    showPage(QStringLiteral("first-steps"));
}

void HelpGuide::showAbout() {
    auto* box = new QMessageBox(QMessageBox::NoIcon, tr("About Thaw"), aboutText(), QMessageBox::Close, window_);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIconPixmap(window_->windowIcon().pixmap(64));
    box->setModal(false);
    box->show();
}

void HelpGuide::startTour() {
    if (window_->findChild<Tour*>()) return;
    settings_.setTourSeen();
    workbench_.arrange(QStringLiteral("train"));
    workbench_.blocks()->raise();
    std::vector<TourStop> stops{
        {nullptr, tr("One step instead of eighteen"),
         tr("A diffusion model needs many steps for an image. Thaw shows how a short GAN fine-tuning, with most of the "
            "network frozen, turns it into a one-step generator. Everything here runs on the built-in model; this tour "
            "takes three minutes.")},
        {&pages_.samples, tr("The same seeds, three ways"),
         tr("Left: 18 steps. Middle: one step of the same model, a blur: the average of all it could be. Right, soon: "
            "one step after fine-tuning. Hold Shift over an image to see the column before in its place.")},
        {&pages_.blocks, tr("What stays frozen"),
         tr("A tick freezes a weight. The preset D2O-F freezes most convolutions (conv0, conv1, proj), 82 % of this "
            "network. Tick and untick as you like, also while a run goes on; undo works here.")},
        {toolBar_.startButton(), tr("Press Start"),
         tr("The part that is lit stays alive: press Start now. Every step, a discriminator compares one-step images "
            "with real ones, and the thawed weights learn.")},
        {&pages_.curves, tr("Watch it learn"),
         tr("G and D should hover, neither running away. The Fréchet distance falls: lower is better, the dotted line "
            "is where one step began. Click a step to pin it.")},
        {pages_.samples.grid(), tr("See the shapes come"),
         tr("Shapes come in the right column within the first thousand images or so. W wipes between two columns, D "
            "shows their difference, the wheel magnifies, dragging an image walks through the latents.")},
        {&pages_.frequency, tr("Ask why"),
         tr("How a block responds, by spatial frequency. Click a block in the tree, then compare Before, After and "
            "Change.")},
        {&pages_.run, tr("Every run is kept"),
         tr("Settings above, all runs below: tick some to draw their curves together. Each has a folder of its own and "
            "can be continued exactly where it stopped.")},
        {pages_.samples.exportButton(), tr("Take it home"),
         tr("Every view exports figures with live text, and exactly the numbers drawn. F1 explains the view you are "
            "in. Have a good look around!")}};
    new Tour(std::move(stops), window_);
}

}  // namespace thaw

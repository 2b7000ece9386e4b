// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/workbench.h"

#include "app/shared/settings.h"
#include "app/window/dock_title.h"
#include "widgets/base/theme.h"

#include <QDockWidget>
#include <QShowEvent>
#include <QTabWidget>

#include <utility>

namespace thaw {
namespace {

constexpr int kStateVersion = 2;
// Widths at the usual text size, below which views take turns.
constexpr int kSmallWidth = 1300, kNarrowWidth = 1200;

}  // namespace

Workbench::Workbench(Settings& settings, const Views& views, QWidget* parent)
    : QMainWindow(parent, Qt::Widget),
      settings_(settings),
      blocks_(add("blocks", tr("Blocks"), views.blocks)),
      card_(add("card", tr("Model card"), views.card)),
      samples_(add("samples", tr("Samples"), views.samples)),
      curves_(add("curves", tr("Curves"), views.curves)),
      frequency_(add("frequency", tr("Frequency"), views.frequency)),
      run_(add("run", tr("Run"), views.run)),
      studies_(add("studies", tr("Studies"), views.studies)) {
    setDockNestingEnabled(true);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    setDockOptions(dockOptions() & ~QMainWindow::AnimatedDocks);
}

QDockWidget* Workbench::add(const char* name, const QString& title, QWidget* view) {
    auto* dock = new QDockWidget(title, this);
    dock->setObjectName(QLatin1String(name));
    dock->setWidget(view);
    auto* heading = new DockTitle(dock);
    dock->setTitleBarWidget(heading);
    connect(heading, &DockTitle::fillRequested, this, [this, dock] { toggleFilled(dock); });
    connect(heading, &DockTitle::helpRequested, this, [this, dock] { Q_EMIT helpRequested(dock->objectName()); });
    return dock;
}

void Workbench::arrange(const QString& name) {
    if (!arrangement_.isEmpty()) {
        leaveFilled();
        remember();
    }
    const bool known =
        QStringList{QStringLiteral("compare"), QStringLiteral("frequency"), QStringLiteral("studies")}.contains(name);
    arrangement_ = known ? name : QStringLiteral("train");
    settings_.setCurrentArrangement(arrangement_);
    if (!restoreState(settings_.arrangement(arrangement_), kStateVersion)) build(arrangement_);
    // Layouts kept by a version without studies do not know their place.
    if (dockWidgetArea(studies_) == Qt::NoDockWidgetArea) placeStudies();
    Q_EMIT arranged(arrangement_);
}

void Workbench::restore(const QString& name) {
    arrangement_.clear();
    beforeFill_.clear();
    if (shown_) arrange(name);
    else settings_.setCurrentArrangement(name);
}

void Workbench::remember() {
    if (arrangement_.isEmpty()) return;
    // A view that fills the window for a moment is not how the arrangement is meant.
    settings_.setArrangement(arrangement_, isFilled() ? beforeFill_ : saveState(kStateVersion));
}

void Workbench::reset() {
    beforeFill_.clear();
    settings_.forgetLayout();
    build(arrangement_);
}

// There is no central widget: one dock area holds all views as nested splits, so that any of them can take all the space.
void Workbench::build(const QString& name) {
    for (QDockWidget* dock : docks()) {
        dock->setFloating(false);
        removeDockWidget(dock);
    }
    addDockWidget(Qt::LeftDockWidgetArea, blocks_);
    splitDockWidget(blocks_, samples_, Qt::Horizontal);
    tabifyDockWidget(blocks_, card_);
    // On a narrow window the settings of the run share their place with the blocks, on a small one the two figures take
    // turns: what is seen can be read.
    const double scale = textScale(this);
    const bool narrow = width() < kNarrowWidth * scale;
    if (narrow) tabifyDockWidget(card_, run_);
    else splitDockWidget(samples_, run_, Qt::Horizontal);
    splitDockWidget(samples_, curves_, Qt::Vertical);
    int needed = curves_->widget()->sizeHint().width();
    for (const QDockWidget* dock : {blocks_, frequency_, run_}) needed += dock->minimumSizeHint().width();
    const bool small = width() < qMax(int(kSmallWidth * scale), needed);
    if (small) tabifyDockWidget(curves_, frequency_);
    else splitDockWidget(curves_, frequency_, Qt::Horizontal);
    for (QDockWidget* dock : docks()) dock->setVisible(dock != studies_);
    placeStudies();
    blocks_->raise();
    const int across = qMax(width(), 1000);
    const int down = qMax(height(), 600);
    if (name == QLatin1String("studies")) {
        for (QDockWidget* dock : docks()) dock->setVisible(dock == studies_);
    } else if (name == QLatin1String("compare")) {
        for (QDockWidget* dock : {blocks_, card_, curves_, frequency_}) dock->hide();
        const int run = qMax(260, run_->minimumSizeHint().width());
        resizeDocks({samples_, run_}, {across - run, run}, Qt::Horizontal);
    } else if (name == QLatin1String("frequency")) {
        for (QDockWidget* dock : {samples_, curves_, run_}) dock->hide();
        resizeDocks({blocks_, frequency_}, {across / 3, across * 2 / 3}, Qt::Horizontal);
    } else {
        const int side = qMax(qBound(338, across / 4, 430), blocks_->minimumSizeHint().width());
        const int run = narrow ? 0 : qMax(qBound(280, across / 5, 320), run_->minimumSizeHint().width());
        const int centre = across - side - run;
        if (narrow) resizeDocks({blocks_, samples_}, {side, centre}, Qt::Horizontal);
        else resizeDocks({blocks_, samples_, run_}, {side, centre, run}, Qt::Horizontal);
        resizeDocks({samples_, curves_}, {down / 2, down / 2}, Qt::Vertical);
        if (small) curves_->raise();
        else resizeDocks({curves_, frequency_}, {centre * 57 / 100, centre * 43 / 100}, Qt::Horizontal);
    }
}

void Workbench::showEvent(QShowEvent* event) {
    QMainWindow::showEvent(event);
    if (std::exchange(shown_, true) || event->spontaneous()) return;
    arrange(settings_.currentArrangement());
    // Docks can only be sized once the window has its own size, which it gets after this event.
    if (settings_.arrangement(arrangement_).isEmpty())
        QMetaObject::invokeMethod(
            this, [this] { build(arrangement_); }, Qt::QueuedConnection);
}

void Workbench::placeStudies() {
    tabifyDockWidget(samples_, studies_);
    studies_->hide();
}

void Workbench::toggleFilled(QDockWidget* dock) {
    if (isFilled()) return leaveFilled();
    beforeFill_ = saveState(kStateVersion);
    for (QDockWidget* other : docks())
        if (other != dock && !other->isFloating()) other->hide();
}

void Workbench::leaveFilled() {
    if (isFilled()) restoreState(std::exchange(beforeFill_, {}), kStateVersion);
}

}  // namespace thaw

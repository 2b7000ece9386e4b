// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/training/train_page.h"

#include "app/figure/export_button.h"
#include "app/figure/figure_sources.h"
#include "app/shared/known_runs.h"
#include "app/shared/make_action.h"
#include "app/shared/segments.h"
#include "app/shared/value_text.h"
#include "app/training/step_curves.h"
#include "core/values/engine_messages.h"
#include "widgets/base/number_text.h"
#include "widgets/base/theme.h"
#include "widgets/curves/curve_plot.h"

#include <QAction>
#include <QButtonGroup>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QResizeEvent>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

QString markText(const RunMark& mark) {
    switch (mark.kind) {
    case RunMark::Kind::Freeze:
        return QCoreApplication::translate("thaw::TrainPage", "freeze %1").arg(QString::fromStdString(mark.detail));
    case RunMark::Kind::Pause: return QCoreApplication::translate("thaw::TrainPage", "pause");
    case RunMark::Kind::Start:
    case RunMark::Kind::Resume: break;
    }
    return {};
}

}  // namespace

namespace {

// What else was measured of the same images.
QString companions(const FidPoint& point) {
    QStringList parts;
    if (point.kid)
        parts << (point.kind == MeasureKind::Inception
                      ? QCoreApplication::translate("thaw::TrainPage", "KID %1")
                      : QCoreApplication::translate("thaw::TrainPage", "kernel distance %1"))
                     .arg(formatNumber(*point.kid, 3));
    if (point.precision && point.recall)
        parts << QCoreApplication::translate("thaw::TrainPage", "precision %1, recall %2")
                     .arg(formatNumber(*point.precision, 3), formatNumber(*point.recall, 3));
    if (point.best) parts << QCoreApplication::translate("thaw::TrainPage", "best so far");
    return parts.isEmpty() ? QString() : parts.join(QStringLiteral(" · ")) + QStringLiteral(" · ");
}

}  // namespace

TrainPage::TrainPage(Settings& settings, QWidget* parent)
    : QWidget(parent),
      losses_(new CurvePlot(this)),
      logits_(new CurvePlot(this)),
      gradients_(new CurvePlot(this)),
      fid_(new CurvePlot(this)),
      stepPlots_(new QStackedWidget(this)),
      stepExport_(new ExportButton(settings, this)),
      fidExport_(new ExportButton(settings, this)),
      exportLosses_(makeAction(this, tr("&Loss curves…"))),
      exportFid_(makeAction(this, tr("&Fréchet distance…"))),
      plots_(new QSplitter(this)),
      steps_(new StepCurves({losses_, logits_, gradients_}, this)) {
    distance_ = fid_->addSeries(tr("distance"), CurveKind::Points, 0);
    best_ = fid_->addSeries(tr("best"), CurveKind::Ring, 0);
    fid_->setSeriesOffered(best_, false);
    fid_->setAxisLabels(tr("kimg"), tr("Fréchet distance"));
    fid_->setEmptyText(tr("The Fréchet distance of the one-step generator appears with its first measurement."));
    fid_->setAccessibleName(tr("Fréchet distance curve"));

    auto* stepHead = new QHBoxLayout;
    stepViews_ =
        addSegments(stepHead, this,
                    {{tr("Losses"), tr("Loss per image of generator and discriminator, and of the imitation")},
                     {tr("Logits"), tr("Mean of D on real and on generated images, and of its signs")},
                     {tr("Gradients"), tr("Norms of the gradients: generator, discriminator, selected block")}});
    for (CurvePlot* plot : {losses_, logits_, gradients_}) stepPlots_->addWidget(plot);
    auto* fidHead = new QHBoxLayout;
    auto* fidHeading = new QLabel(tr("Fréchet distance"), this);
    makeHeading(fidHeading);
    fidHead->addWidget(fidHeading);
    plots_->addWidget(framed(stepHead, stepPlots_, stepExport_));
    plots_->addWidget(framed(fidHead, fid_, fidExport_));
    plots_->setChildrenCollapsible(false);
    plots_->setHandleWidth(kGrid);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kGrid, 0, kGrid, kGrid);
    layout->addWidget(plots_);

    nameStepExport();
    fidExport_->setPanel(QStringLiteral("fid"), [this] { return sheetPanel(*fid_, "fid"); });
    for (ExportButton* button : {stepExport_, fidExport_}) button->offerVisibleNumbers();
    connect(exportLosses_, &QAction::triggered, stepExport_, [this] { stepExport_->ask(); });
    connect(exportFid_, &QAction::triggered, fidExport_, [this] { fidExport_->ask(); });
    CurvePlot::link({losses_, logits_, gradients_, fid_});
    for (CurvePlot* plot : {losses_, logits_, gradients_, fid_}) {
        connect(plot, &CurvePlot::hovered, this, &TrainPage::hovered);
        connect(plot, &CurvePlot::menuRequested, this, [this, plot](QMenu* menu) {
            menu->addSeparator();
            ExportButton* button = plot == fid_ ? fidExport_ : stepExport_;
            connect(menu->addAction(tr("Export…")), &QAction::triggered, button, [button] { button->ask(); });
        });
    }
    // Linked plots share the pin; one of them speaks for all.
    connect(losses_, &CurvePlot::pinChanged, this, &TrainPage::pinChanged);
    connect(stepViews_, &QButtonGroup::idClicked, this, [this](int id) { showStepView(StepView(id)); });
}

QWidget* TrainPage::framed(QHBoxLayout* head, QWidget* plot, ExportButton* button) {
    auto* frame = new QWidget(this);
    head->addStretch(1);
    head->addWidget(button);
    auto* layout = new QVBoxLayout(frame);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGrid / 2);
    layout->addLayout(head);
    layout->addWidget(plot, 1);
    return frame;
}

void TrainPage::resizeEvent(QResizeEvent* event) {
    const bool wide = event->size().width() >= std::max(event->size().height(), sizeHint().width());
    plots_->setOrientation(wide ? Qt::Horizontal : Qt::Vertical);
}

QSize TrainPage::sizeHint() const {
    int width = 2 * kGrid + plots_->handleWidth();
    for (int i = 0; i < plots_->count(); ++i) width += plots_->widget(i)->minimumSizeHint().width();
    return {width, 40 * kGrid};
}

QSize TrainPage::minimumSizeHint() const {
    int width = 0;
    for (int i = 0; i < plots_->count(); ++i) width = std::max(width, plots_->widget(i)->minimumSizeHint().width());
    return {width + 2 * kGrid, 20 * kGrid};
}

void TrainPage::nameStepExport() {
    static constexpr const char* kStems[] = {"losses", "logits", "gradients"};
    static constexpr const char* kCurves[] = {"loss", "logits", "gradients"};
    const int view = stepView();
    stepExport_->setPanel(QLatin1String(kStems[view]),
                          [this, view] { return sheetPanel(*shownStepPlot(), kCurves[view]); });
}

// Its recipe names the runs whose curves are drawn: a run that goes on gives the curves as they are then.
SheetPanel TrainPage::sheetPanel(const CurvePlot& plot, const char* curve) const {
    SheetPanel panel;
    panel.figure = plot.figure();
    PanelRecipe recipe;
    recipe.kind = PanelKind::Curves;
    recipe.curve = curve;
    recipe.smoothing = plot.smoothing();
    for (const QString& run : drawnRuns())
        if (!run.isEmpty()) recipe.runs.push_back(run.toStdString());
    if (sources_ && !recipe.runs.empty()) panel.recipe = sources_->recipeOf(recipe);
    return panel;
}

CurvePlot* TrainPage::shownStepPlot() const { return static_cast<CurvePlot*>(stepPlots_->currentWidget()); }
TrainPage::StepView TrainPage::stepView() const { return StepView(stepPlots_->currentIndex()); }

void TrainPage::showStepView(StepView view) {
    stepViews_->button(view)->setChecked(true);
    if (view == stepView()) return;
    stepPlots_->setCurrentIndex(view);
    nameStepExport();
}

void TrainPage::beginRun(const QString& title, const FinetuneConfig& config) {
    const QString freeze = QString::fromStdString(toText(config.freeze));
    for (CurvePlot* plot : {losses_, logits_, gradients_, fid_}) {
        plot->clear();
        plot->fit();
        plot->setCaption(title);
        plot->setProvenance({{QStringLiteral("run"), title},
                             {QStringLiteral("objective"), QString::fromStdString(objectiveName(config))},
                             {QStringLiteral("freeze"), freeze},
                             {QStringLiteral("batch"), QString::number(config.batch)},
                             {QStringLiteral("seed"), QString::number(config.seed)}});
    }
    steps_->begin(config);
    fid_->setSeriesOffered(best_, false);
    for (const QString& run : std::as_const(shown_)) fill(overlays_[run].series, overlays_[run].points);
    title_ = title;
    objective_ = objectiveName(config);
    plans_.clear();
    points_.clear();
    hasRun_ = true;
    tellRunsApart();
}

void TrainPage::setRunFolder(const QString& folder) {
    runFolder_ = folder;
    tellRunsApart();
}

void TrainPage::addSteps(const std::vector<StepMetrics>& steps) { steps_->add(steps); }
std::vector<BlockGradient> TrainPage::gradientsAt(double kimg) const { return steps_->gradientsAt(kimg); }
void TrainPage::setBlock(const QString& block) { steps_->setBlock(block); }

void TrainPage::addFid(const FidPoint& point) {
    points_.push_back(point);
    tellRunsApart();
    fid_->append(distance_, point.kimg, point.fid, companions(point) + provenanceText(point));
    if (point.best) showBest(point);
}

void TrainPage::showBest(const FidPoint& point) {
    fid_->setData(best_, {point.kimg}, {point.fid});
    fid_->setSeriesOffered(best_, true);
}

void TrainPage::addHistory(const RunStats& stats) {
    steps_->addHistory(stats);
    std::vector<double> x, y;
    const FidPoint* best = nullptr;
    for (const FidPoint& point : stats.fids) {
        x.push_back(point.kimg);
        y.push_back(point.fid);
        if (point.best) best = &point;
    }
    fid_->prepend(distance_, x, y);
    if (points_.empty()) points_ = stats.fids;
    tellRunsApart();
    if (best && fid_->pointCount(best_) == 0) showBest(*best);
    for (const RunEvent& event : stats.events)
        if (event.kind == "freeze" && event.step > 0)
            addMark({RunMark::Kind::Freeze, event.step, event.kimg, event.text});
}

void TrainPage::fill(int series, const std::vector<FidPoint>& points) {
    std::vector<double> at, fid;
    for (const FidPoint& point : points) {
        at.push_back(point.kimg);
        fid.push_back(point.fid);
    }
    fid_->setData(series, at, fid);
}

void TrainPage::showOverlay(const QString& run, const RunStats& stats) {
    auto found = overlays_.find(run);
    if (found == overlays_.end())
        found = overlays_.insert(run, {fid_->addSeries(tr("distance"), CurveKind::Points, 0), {}, {}, {}});
    found->named.objective = stats.objective;
    found->named.importedFrom = stats.importedFrom;
    found->named.events = stats.events;
    found->legend = runLegend(run, found->named);
    found->points = stats.fids;
    if (!shown_.contains(run)) shown_ << run;
    steps_->showOverlay(run, stats);
    fill(found->series, found->points);
    fid_->setSeriesOffered(found->series, !found->points.empty());
    tellRunsApart();
}

void TrainPage::growOverlay(const QString& run, const RunStats& added) {
    const auto found = overlays_.find(run);
    if (found == overlays_.end()) return;
    steps_->growOverlay(run, added);
    const bool isFirst = found->points.empty() && !added.fids.empty();
    for (const FidPoint& point : added.fids) {
        found->points.push_back(point);
        fid_->append(found->series, point.kimg, point.fid);
    }
    if (isFirst && shown_.contains(run)) fid_->setSeriesOffered(found->series, true);
    found->named.events.insert(found->named.events.end(), added.events.begin(), added.events.end());
    found->legend = runLegend(run, found->named);
    if (isFirst || !added.events.empty()) tellRunsApart();
}

void TrainPage::hideOverlay(const QString& run) {
    const auto found = overlays_.constFind(run);
    if (found == overlays_.constEnd()) return;
    shown_.removeAll(run);
    steps_->hideOverlay(run);
    fid_->setSeriesOffered(found->series, false);
    tellRunsApart();
}

// The open run first, as figures of runs have it.
QStringList TrainPage::drawnRuns() const {
    QStringList runs;
    if (hasRun_) runs << runFolder_;
    for (const QString& run : shown_)
        if (run != runFolder_) runs << run;
    return runs;
}

// With several runs the colour says which, by its place among those that are drawn; a single one has a colour for each curve.
// Figures made from the recipe do the same (panel_figure_runs.cpp).
void TrainPage::tellRunsApart() {
    const QStringList runs = drawnRuns();
    const bool several = runs.size() > 1;
    if (!hasRun_) {
        // Without an open run its names would belong to nothing that is drawn.
        steps_->offerOpenRun(runs.isEmpty());
        fid_->setSeriesOffered(distance_, runs.isEmpty());
    }
    for (int r = 0; r < int(runs.size()); ++r) {
        const bool open = hasRun_ && r == 0;
        const QString legend = open ? runLegend(title_, objective_, plans_) : overlays_[runs[r]].legend;
        const QString shown = open && !several ? QString() : legend;
        steps_->setLook(open ? QString() : runs[r], shown, several ? std::optional(r) : std::nullopt);
        const int series = open ? distance_ : overlays_[runs[r]].series;
        fid_->setSeriesLook(series, r, r);
        nameDistance(series, open ? points_ : overlays_[runs[r]].points, shown);
    }
}

void TrainPage::nameDistance(int series, const std::vector<FidPoint>& points, const QString& legend) {
    QStringList name{points.empty() ? tr("distance") : distanceName(points.back())};
    if (!legend.isEmpty()) name << legend;
    fid_->setSeriesName(series, name.join(QLatin1Char(' ')));
}

void TrainPage::addMark(const RunMark& mark) {
    const QString text = markText(mark);
    if (text.isEmpty()) return;
    for (CurvePlot* plot : {losses_, logits_, gradients_, fid_}) plot->addMark(mark.kimg, text);
    if (mark.kind != RunMark::Kind::Freeze || mark.step <= 0) return;
    plans_.push_back({mark.step, mark.kimg, mark.detail, "freeze"});
    tellRunsApart();
}

void TrainPage::setOriginalFid(const FidPoint& point) {
    fid_->clearReferences();
    const QString line = modelIsGenerator_ ? tr("open generator: %1") : tr("original, one step: %1");
    fid_->setReference(point.fid, line.arg(formatNumber(point.fid, 3)));
    fid_->setToolTip(
        (modelIsGenerator_ ? tr("Open generator: %1 %2 (%3)") : tr("Original model at one step: %1 %2 (%3)"))
            .arg(distanceName(point), formatNumber(point.fid), provenanceText(point)));
}

void TrainPage::forgetOriginalFid() {
    fid_->clearReferences();
    fid_->setToolTip({});
}

}  // namespace thaw

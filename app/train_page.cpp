// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train_page.h"

#include "app/engine/messages.h"
#include "app/export_button.h"
#include "widgets/curve_plot.h"
#include "widgets/number_text.h"
#include "widgets/theme.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QResizeEvent>
#include <QSplitter>
#include <QVBoxLayout>

#include <cmath>

namespace thaw {
namespace {

constexpr double kSmoothing = 0.9;

QString markText(const RunMark& mark) {
    switch (mark.kind) {
    case RunMark::Kind::Freeze: return QCoreApplication::translate("thaw::TrainPage", "freeze %1").arg(mark.detail);
    case RunMark::Kind::Pause: return QCoreApplication::translate("thaw::TrainPage", "pause");
    case RunMark::Kind::Start:
    case RunMark::Kind::Resume: break;
    }
    return {};
}

}  // namespace

QString provenanceText(const FidPoint& point) {
    return QCoreApplication::translate("thaw::TrainPage", "%1 samples · features: %2 · reference: %3")
        .arg(formatCount(point.num), QString::fromStdString(point.features), QString::fromStdString(point.reference));
}

namespace {

// What else was measured of the same images.
QString companions(const FidPoint& point) {
    QStringList parts;
    if (std::isfinite(point.kid)) parts << QCoreApplication::translate("thaw::TrainPage", "KID %1").arg(formatNumber(point.kid, 3));
    if (std::isfinite(point.precision))
        parts << QCoreApplication::translate("thaw::TrainPage", "precision %1, recall %2").arg(formatNumber(point.precision, 3), formatNumber(point.recall, 3));
    if (point.best) parts << QCoreApplication::translate("thaw::TrainPage", "best so far");
    return parts.isEmpty() ? QString() : parts.join(QStringLiteral(" · ")) + QStringLiteral(" · ");
}

}  // namespace

TrainPage::TrainPage(Settings& settings, QWidget* parent)
    : QWidget(parent), losses_(new CurvePlot(this)), fid_(new CurvePlot(this)),
      lossExport_(new ExportButton(settings, this)), fidExport_(new ExportButton(settings, this)),
      plots_(new QSplitter(this)) {
    generator_ = losses_->addSeries(tr("G"), CurveKind::Line, 0);
    discriminator_ = losses_->addSeries(tr("D"), CurveKind::Line, 1);
    losses_->setAxisLabels(tr("kimg"), tr("loss per image"));
    losses_->setEmptyText(tr("The losses of generator (G) and discriminator (D) appear with the first step."));
    losses_->setSmoothing(kSmoothing);
    losses_->setAccessibleName(tr("Loss curves"));

    distance_ = fid_->addSeries(tr("FID, one step"), CurveKind::Points, 0);
    fid_->setAxisLabels(tr("kimg"), tr("Fréchet distance"));
    fid_->setEmptyText(tr("The Fréchet distance (FID) of the one-step generator appears with its first measurement."));
    fid_->setAccessibleName(tr("Fréchet distance curve"));

    plots_->addWidget(framed(tr("Losses"), losses_, lossExport_));
    plots_->addWidget(framed(tr("Fréchet distance"), fid_, fidExport_));
    plots_->setChildrenCollapsible(false);
    plots_->setHandleWidth(kGrid);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kGrid, 0, kGrid, kGrid);
    layout->addWidget(plots_);

    lossExport_->setFigure(QStringLiteral("losses"), [this](const QString& path, const FigureOptions& options) {
        return exportFigure(losses_->figure(), path, options);
    });
    fidExport_->setFigure(QStringLiteral("fid"), [this](const QString& path, const FigureOptions& options) {
        return exportFigure(fid_->figure(), path, options);
    });
    connect(losses_, &CurvePlot::hovered, this, &TrainPage::hovered);
    connect(fid_, &CurvePlot::hovered, this, &TrainPage::hovered);
}

QWidget* TrainPage::framed(const QString& heading, CurvePlot* plot, ExportButton* button) {
    auto* frame = new QWidget(this);
    auto* label = new QLabel(heading, frame);
    makeHeading(label);
    auto* head = new QHBoxLayout;
    head->addWidget(label);
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
    plots_->setOrientation(event->size().width() >= event->size().height() ? Qt::Horizontal : Qt::Vertical);
}

void TrainPage::beginRun(const QString& title, const FinetuneConfig& config) {
    const QString freeze = QString::fromStdString(toText(config.freeze));
    for (CurvePlot* plot : {losses_, fid_}) {
        plot->clear();
        plot->fit();
        plot->setCaption(title);
        plot->setProvenance({{QStringLiteral("run"), title},
                             {QStringLiteral("objective"), QString::fromStdString(objectiveName(config))},
                             {QStringLiteral("freeze"), freeze},
                             {QStringLiteral("batch"), QString::number(config.batch)},
                             {QStringLiteral("seed"), QString::number(config.seed)}});
    }
    const bool imitates = config.distill.kind != Distillation::None;
    losses_->setSeriesVisible(generator_, config.gan);
    losses_->setSeriesVisible(discriminator_, config.gan);
    if (imitates && imitation_ < 0) imitation_ = losses_->addSeries(tr("imitation"), CurveKind::Line, 2);
    if (imitation_ >= 0) losses_->setSeriesVisible(imitation_, imitates);
    for (const Overlay& overlay : std::as_const(overlays_))
        if (overlay.shown) fill(overlay);
}

void TrainPage::addSteps(const std::vector<StepMetrics>& steps) {
    for (const StepMetrics& step : steps) {
        if (step.gradG >= 0) losses_->append(generator_, step.kimg, step.gLoss);
        if (step.gradD >= 0) losses_->append(discriminator_, step.kimg, step.dLoss);
        if (step.distillLoss >= 0 && imitation_ >= 0) losses_->append(imitation_, step.kimg, step.distillLoss);
    }
}

void TrainPage::addFid(const FidPoint& point) { fid_->append(distance_, point.kimg, point.fid, companions(point) + provenanceText(point)); }

void TrainPage::fill(const Overlay& overlay) {
    std::vector<double> kimg, g, d, at, fid;
    for (const StatsStep& step : overlay.stats.steps) {
        kimg.push_back(step.kimg);
        g.push_back(std::isfinite(step.gLoss) ? step.gLoss : step.distillLoss);
        d.push_back(step.dLoss);
    }
    for (const FidPoint& point : overlay.stats.fids) {
        at.push_back(point.kimg);
        fid.push_back(point.fid);
    }
    losses_->setData(overlay.generator, kimg, g);
    losses_->setData(overlay.discriminator, kimg, d);
    fid_->setData(overlay.distance, at, fid);
}

void TrainPage::showOverlay(const QString& run, const RunStats& stats) {
    auto found = overlays_.find(run);
    if (found == overlays_.end()) {
        const QString name = QFileInfo(run).fileName().section(QLatin1Char('-'), 0, 0);
        // A run keeps its colour as long as the window is open; 0 to 2 are the open run's.
        const int colour = 3 + int(overlays_.size());
        found = overlays_.insert(run, {{}, losses_->addSeries(tr("G %1").arg(name), CurveKind::Line, colour),
                                       losses_->addSeries(tr("D %1").arg(name), CurveKind::Line, colour),
                                       fid_->addSeries(tr("FID %1").arg(name), CurveKind::Points, colour), true});
    }
    found->stats = stats;
    found->shown = true;
    fill(*found);
    losses_->setSeriesVisible(found->generator, true);
    losses_->setSeriesVisible(found->discriminator, true);
    fid_->setSeriesVisible(found->distance, true);
}

void TrainPage::hideOverlay(const QString& run) {
    const auto found = overlays_.find(run);
    if (found == overlays_.end()) return;
    found->shown = false;
    losses_->setSeriesVisible(found->generator, false);
    losses_->setSeriesVisible(found->discriminator, false);
    fid_->setSeriesVisible(found->distance, false);
}

void TrainPage::addMark(const RunMark& mark) {
    const QString text = markText(mark);
    if (text.isEmpty()) return;
    losses_->addMark(mark.kimg, text);
    fid_->addMark(mark.kimg, text);
}

void TrainPage::setOriginalFid(const FidPoint& point) {
    fid_->clearReferences();
    fid_->setReference(point.fid, tr("original, one step: %1").arg(formatNumber(point.fid, 3)));
    fid_->setToolTip(tr("Original model at one step: FID %1 (%2)").arg(formatNumber(point.fid), provenanceText(point)));
}

void TrainPage::forgetOriginalFid() {
    fid_->clearReferences();
    fid_->setToolTip({});
}

}  // namespace thaw

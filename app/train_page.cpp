// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train_page.h"

#include "app/engine/messages.h"
#include "app/export_button.h"
#include "widgets/curve_plot.h"
#include "widgets/number_text.h"
#include "widgets/theme.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QResizeEvent>
#include <QSplitter>
#include <QVBoxLayout>

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
                             {QStringLiteral("freeze"), freeze},
                             {QStringLiteral("batch"), QString::number(config.batch)},
                             {QStringLiteral("seed"), QString::number(config.seed)}});
    }
}

void TrainPage::addSteps(const std::vector<StepMetrics>& steps) {
    for (const StepMetrics& step : steps) {
        losses_->append(generator_, step.kimg, step.gLoss);
        losses_->append(discriminator_, step.kimg, step.dLoss);
    }
}

void TrainPage::addFid(const FidPoint& point) { fid_->append(distance_, point.kimg, point.fid, provenanceText(point)); }

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

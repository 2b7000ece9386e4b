// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studies/study_report_view.h"

#include "app/figure/export_button.h"
#include "app/figure/study_figure.h"
#include "app/studies/study_report_page.h"
#include "core/values/study_recipe.h"
#include "widgets/base/focus_ring.h"
#include "widgets/base/qcustomplot.h"
#include "widgets/curves/curve_plot.h"

#include <QApplication>
#include <QDir>
#include <QHBoxLayout>
#include <QMouseEvent>
#include <QSplitter>
#include <QTabBar>
#include <QTextBrowser>
#include <QVBoxLayout>

#include <cmath>
#include <utility>

namespace thaw {
namespace {

constexpr double kNearPixels = 10;

}  // namespace

StudyReportView::StudyReportView(Settings& settings, QWidget* parent)
    : QWidget(parent),
      charts_(new QTabBar(this)),
      plot_(new CurvePlot(this)),
      export_(new ExportButton(settings, this)),
      text_(new QTextBrowser(this)) {
    charts_->setExpanding(false);
    charts_->setDrawBase(false);
    charts_->setAccessibleName(tr("Charts of the study"));
    plot_->setSmoothingShown(false);
    plot_->setAccessibleName(tr("Chart of the study"));
    plot_->setToolTip(
        tr("Mean over the seeds of training and one standard deviation. A click on a point asks for its runs."));
    text_->setOpenLinks(false);
    new FocusRing(text_);
    text_->setAccessibleName(tr("Report of the study"));
    auto* head = new QHBoxLayout;
    head->addWidget(charts_, 1);
    head->addWidget(export_);
    above_ = new QWidget(this);
    auto* column = new QVBoxLayout(above_);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(head);
    column->addWidget(plot_, 1);
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->addWidget(above_);
    splitter->addWidget(text_);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);
    connect(charts_, &QTabBar::currentChanged, this, &StudyReportView::showChart);
    connect(text_, &QTextBrowser::anchorClicked, this, [this](const QUrl& link) {
        if (!report_) return;
        if (const auto runs = linkedRuns(*report_, link.toString())) ask(*runs);
    });
    plot_->findChild<QCustomPlot*>()->installEventFilter(this);
    clear({});
}

void StudyReportView::show(const QString& folder, const StudyReport& report) {
    const bool another = folder != folder_;
    const auto* shown = shownChart();
    const std::string kept = shown && !another ? shown->name : std::string();
    folder_ = folder;
    report_ = report;
    {
        const QSignalBlocker quiet(charts_);
        while (charts_->count() > 0) charts_->removeTab(0);
        for (const auto& chart : report.charts) {
            const int tab = charts_->addTab(QString::fromStdString(chart.title));
            if (chart.name == kept) charts_->setCurrentIndex(tab);
        }
    }
    charts_->setVisible(charts_->count() > 1);
    above_->setVisible(charts_->count() > 0);
    showChart();
    showText();
}

void StudyReportView::clear(const QString& why) {
    folder_.clear();
    report_.reset();
    {
        const QSignalBlocker quiet(charts_);
        while (charts_->count() > 0) charts_->removeTab(0);
    }
    charts_->hide();
    above_->show();
    export_->setEnabled(false);
    plot_->setFigure({});
    plot_->setEmptyText(why);
    text_->clear();
}

const ReportChart* StudyReportView::shownChart() const {
    const int tab = charts_->currentIndex();
    return report_ && tab >= 0 && tab < int(report_->charts.size()) ? &report_->charts[std::size_t(tab)] : nullptr;
}

void StudyReportView::showChart() {
    const auto* chart = shownChart();
    const CurveFigure figure = chart ? studyCurves(*chart, QString::fromStdString(report_->title)) : CurveFigure();
    plot_->setEmptyText(tr("Nothing of this chart is measured yet."));
    plot_->setFigure(figure);
    export_->setEnabled(!figure.series.empty());
    if (chart) export_->setPanel(QString::fromStdString(chart->name), [this] { return panel(); });
}

void StudyReportView::showText() {
    const int at = text_->verticalScrollBar()->value();
    text_->setHtml(studyReportPage(*report_, text_->palette()));
    text_->verticalScrollBar()->setValue(at);
}

// The chart's own figure and not the window of it that is seen: what its recipe makes again.
SheetPanel StudyReportView::panel() const {
    SheetPanel panel;
    const auto* chart = shownChart();
    if (!chart) return panel;
    panel.figure = studyCurves(*chart, QString::fromStdString(report_->title));
    panel.recipe = studyChartRecipe(folder_.toStdString(), chart->name);
    return panel;
}

const ReportSeries* StudyReportView::seriesAt(const QPoint& place) const {
    const auto* chart = shownChart();
    if (!chart) return nullptr;
    const ReportSeries* nearest = nullptr;
    double least = kNearPixels;
    for (const auto& series : chart->series)
        for (std::size_t i = 0; i < series.x.size(); ++i) {
            if (!std::isfinite(series.x[i]) || !std::isfinite(series.mean[i])) continue;
            const QPointF to = plot_->toPixel(series.x[i], series.mean[i]) - place;
            if (const double distance = std::hypot(to.x(), to.y()); distance < least) {
                least = distance;
                nearest = &series;
            }
        }
    return nearest;
}

void StudyReportView::ask(const std::vector<std::string>& runs) {
    QStringList folders;
    for (const auto& run : runs) folders << QDir(folder_).filePath(QString::fromStdString(run));
    if (!folders.isEmpty()) Q_EMIT runsRequested(folders);
}

bool StudyReportView::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::MouseButtonPress) {
        pressed_ = static_cast<QMouseEvent*>(event)->pos();
    } else if (event->type() == QEvent::MouseButtonRelease) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        const auto from = std::exchange(pressed_, std::nullopt);
        const bool isClick = from && mouse->button() == Qt::LeftButton &&
                             (mouse->pos() - *from).manhattanLength() < QApplication::startDragDistance();
        if (isClick)
            if (const auto* series = seriesAt(static_cast<QWidget*>(watched)->mapTo(plot_, mouse->pos())))
                ask(series->runs);
    }
    return QWidget::eventFilter(watched, event);
}

void StudyReportView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange && report_) showText();
    QWidget::changeEvent(event);
}

}  // namespace thaw

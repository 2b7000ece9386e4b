// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/study_report.h"
#include "widgets/figure/figure_sheet.h"

#include <QWidget>

#include <optional>

class QTabBar;
class QTextBrowser;

namespace thaw {

class CurvePlot;
class ExportButton;
class Settings;

/// A study's report: one of its charts above, what it says below. A click on a point of the chart, or on a row's name, asks for
/// its runs.
class StudyReportView : public QWidget {
    Q_OBJECT
public:
    explicit StudyReportView(Settings& settings, QWidget* parent = nullptr);

    /// The chart that is shown stays, where the report has one of its name.
    void show(const QString& folder, const StudyReport& report);
    void clear(const QString& why);

    const std::optional<StudyReport>& report() const { return report_; }
    CurvePlot* plot() const { return plot_; }
    QTabBar* charts() const { return charts_; }
    QTextBrowser* text() const { return text_; }
    ExportButton* exportButton() const { return export_; }

Q_SIGNALS:
    /// Absolute folders, one a seed.
    void runsRequested(const QStringList& folders);

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    const ReportChart* shownChart() const;
    void showChart();
    void showText();
    void ask(const std::vector<std::string>& runs);
    SheetPanel panel() const;
    const ReportSeries* seriesAt(const QPoint& place) const;

    QString folder_;
    std::optional<StudyReport> report_;
    QWidget* above_;
    QTabBar* charts_;
    CurvePlot* plot_;
    ExportButton* export_;
    QTextBrowser* text_;
    std::optional<QPoint> pressed_;
};

}  // namespace thaw

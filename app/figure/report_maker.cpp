// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/figure/report_maker.h"

#include "app/figure/figure_recipe_sheet.h"
#include "app/figure/figure_saving.h"
#include "app/shared/languages.h"
#include "core/formats/study_files.h"
#include "core/formats/study_report_text.h"
#include "core/values/error.h"
#include "core/values/study_recipe.h"
#include "widgets/base/theme.h"
#include "widgets/figure/figure_file.h"

#include <QApplication>
#include <QDir>
#include <QFile>

#include <cstdio>

namespace thaw {
namespace {

constexpr int kReportFiles = 3;

int refuseReport(const QString& what, const QString& hint = {}) {
    std::fprintf(stderr, "thaw: %s\n", qPrintable(what));
    if (!hint.isEmpty()) std::fprintf(stderr, "      %s\n", qPrintable(hint));
    return kReportFiles;
}

FigureSheet chartSheet(const StudyReport& report, const ReportChart& chart, const QString& folder) {
    PanelData data;
    data.chart = chart;
    data.studyTitle = report.title;
    return sheetOf(studyChartRecipe(folder.toStdString(), chart.name), {data});
}

}  // namespace

int makeReport(QApplication& application, const QString& studyFolder) {
    // A report is in English, as its words in report.json are.
    installLanguage(application, QStringLiteral("en"));
    applyTheme(application, Theme::Light);
    const QString folder = QDir(studyFolder).absolutePath();
    const QDir place(folder);
    StudyReport report;
    try {
        report = readStudyReport(folder.toStdString());
    } catch (const Error& error) {
        return refuseReport(QString::fromStdString(error.message()), QString::fromStdString(error.hint()));
    }
    StudyReport drawn = report;
    drawn.charts.clear();
    for (const auto& chart : report.charts) {
        const FigureSheet sheet = chartSheet(report, chart, folder);
        const FigureOptions options = optionsOf(*sheet.panels.front().recipe);
        if (isEmpty(sheet.panels.front().figure)) continue;  // nothing of it was measured
        drawn.charts.push_back(chart);
        for (const char* suffix : {".svg", ".pdf"}) {
            const QString path = place.filePath(QString::fromStdString(chart.name) + QLatin1String(suffix));
            if (const QString problem = saveFigure(sheet, path, options); !problem.isEmpty())
                return refuseReport(problem);
        }
    }
    const auto picture = [&](const ReportChart& chart) {
        QFile file(place.filePath(QString::fromStdString(chart.name) + QStringLiteral(".svg")));
        if (!file.open(QIODevice::ReadOnly)) return std::string();
        return "data:image/svg+xml;base64," + file.readAll().toBase64().toStdString();
    };
    const auto markdown = QByteArray::fromStdString(reportMarkdown(drawn, [](const ReportChart&) { return true; }));
    if (const QString problem = writeWhole(place.filePath(QStringLiteral("report.md")), markdown); !problem.isEmpty())
        return refuseReport(problem);
    const auto page = QByteArray::fromStdString(reportHtml(drawn, picture));
    if (const QString problem = writeWhole(place.filePath(QStringLiteral("report.html")), page); !problem.isEmpty())
        return refuseReport(problem);
    const QString pdf = place.filePath(QStringLiteral("report.pdf"));
    if (const QString problem = writeReportPdf(drawn, folder, pdf); !problem.isEmpty()) return refuseReport(problem);
    return 0;
}

}  // namespace thaw

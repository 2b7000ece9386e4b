// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/study_report_text.h"
#include "core/formats/study_files.h"
#include "core/values/error.h"
#include "tests/registry.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>
#include <QtTest/QTest>

#include <cmath>

using namespace thaw;

namespace {

StudyReport smallReport() {
    StudyReport report;
    report.title = "A & B";
    report.paragraphs = {"x < y"};
    report.claims = {{"It \"holds\".", Verdict::Disagrees, "p = 0.01."}};
    report.tables = {{"t", "Table", {"a|b", "c"}, {{"1,5", "say \"no\""}}}};
    ReportChart chart{"by", "Chart", "kimg", "distance", false, false, {}};
    chart.series = {{"one", {0, 10}, {1, 3}, {std::nan(""), 0.5}}, {"two", {10}, {2}, {std::nan("")}}};
    report.charts = {chart};
    return report;
}

}  // namespace

class StudyReportTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tablesAreCsvWithQuotesWhereNeeded() {
        QCOMPARE(tableCsv(smallReport().tables[0]), std::string("a|b,c\r\n\"1,5\",\"say \"\"no\"\"\"\r\n"));
    }
    void aChartsCsvHasARowForEachX() {
        QCOMPARE(chartCsv(smallReport().charts[0]),
                 std::string("kimg,one,\"one, deviation\",two,\"two, deviation\"\r\n0,1,,,\r\n10,3,0.5,2,\r\n"));
    }
    void markdownKeepsItsColumns() {
        const auto text = QString::fromStdString(reportMarkdown(smallReport()));
        QVERIFY(text.contains("| a\\|b | c |\n|---|---|\n| 1,5 | say \"no\" |"));
        QVERIFY(text.contains("| It \"holds\". | **disagrees** | p = 0.01. |"));
    }
    void markdownNamesTheDrawingsThereAre() {
        QVERIFY(!QString::fromStdString(reportMarkdown(smallReport())).contains("!["));
        const auto drawn = [](const ReportChart& chart) { return chart.name == "by"; };
        QVERIFY(QString::fromStdString(reportMarkdown(smallReport(), drawn)).contains("\n![Chart](by.svg)\n"));
    }
    void thePageEscapesAndHoldsItsFigures() {
        const auto page = QString::fromStdString(reportHtml(smallReport()));
        QVERIFY(page.contains("<h1>A &amp; B</h1>") && page.contains("<p>x &lt; y</p>"));
        QVERIFY(page.contains("class=\"disagrees\"") && page.contains("It &quot;holds&quot;."));
        QVERIFY(!page.contains("src=") && !page.contains("href="));
        QVERIFY(page.contains("the numbers are in by.csv"));
    }
    void drawingsStandWhereTheirAddressSays() {
        const auto page = QString::fromStdString(reportHtml(
            smallReport(), [](const ReportChart& chart) { return "data:image/svg+xml;base64,QQ==&" + chart.name; }));
        QVERIFY(page.contains("<img alt=\"Chart\" src=\"data:image/svg+xml;base64,QQ==&amp;by\">"));
        QVERIFY(!page.contains("by.csv"));
    }
    void aReportIsReadAsItWasWritten() {
        auto report = smallReport();
        report.tables[0].runs = {{"runs/a", "runs/b"}};
        report.charts[0].logY = true;
        report.charts[0].lines = {{0.95, "18 steps"}, {std::nan(""), "not known"}};
        report.charts[0].series[0].runs = {"runs/a"};
        report.notes = {"n"};
        const auto read = studyReportFromJson(toJson(report), "x");
        QCOMPARE(read.title, report.title);
        QCOMPARE(read.paragraphs, report.paragraphs);
        QVERIFY(read.claims == report.claims);
        QVERIFY(read.tables == report.tables);
        QCOMPARE(read.notes, report.notes);
        const auto &chart = read.charts.at(0), &was = report.charts[0];
        QVERIFY(chart.name == was.name && chart.title == was.title && chart.xLabel == "kimg");
        QVERIFY(chart.yLabel == "distance" && !chart.logX && chart.logY);
        QVERIFY(chart.lines == (std::vector<ReportLine>{{0.95, "18 steps"}}));
        const auto& series = chart.series.at(0);
        QVERIFY(series.name == "one" && series.x == was.series[0].x && series.mean == was.series[0].mean);
        QVERIFY(std::isnan(series.deviation.at(0)) && series.deviation.at(1) == 0.5);
        QCOMPARE(series.runs, std::vector<std::string>{"runs/a"});
        QCOMPARE(toJson(read), toJson(report));
    }
    // A name becomes a file's: one that leads elsewhere must not be followed.
    void othersReportsAreRefusedInASentence() {
        const auto refusal = [](const std::string& text) {
            try {
                studyReportFromJson(text, "there.json");
            } catch (const Error& error) {
                return QString::fromStdString(error.message());
            }
            return QString();
        };
        QVERIFY(refusal("{").contains("there.json"));
        QVERIFY(refusal("{\"title\": \"x\"}").contains("thaw_study_report"));
        QVERIFY(refusal("{\"thaw_study_report\": 2}").contains("format 2"));
        QVERIFY(refusal("{\"thaw_study_report\": 1, \"title\": 5}").contains("no report"));
        for (const char* name : {"../../x", "", "a/b", "A"}) {
            auto report = smallReport();
            report.charts[0].name = name;
            QVERIFY2(refusal(toJson(report)).contains("is not made of a-z"), name);
        }
        auto uneven = smallReport();
        uneven.tables[0].rows[0].pop_back();
        QCOMPARE(studyReportFromJson(toJson(uneven), "x").tables[0].rows[0].size(), std::size_t(2));
    }
};

THAW_TEST(StudyReportTextTest);
#include "study_report_text_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study_report.h"
#include "tests/registry.h"

#include <QtCore/QXmlStreamReader>
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

class StudyReportTest : public QObject {
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
    void thePageEscapesAndHoldsItsFigures() {
        const auto page = QString::fromStdString(reportHtml(smallReport()));
        QVERIFY(page.contains("<h1>A &amp; B</h1>") && page.contains("<p>x &lt; y</p>"));
        QVERIFY(page.contains("class=\"disagrees\"") && page.contains("It &quot;holds&quot;."));
        QVERIFY(page.contains("<svg ") && !page.contains("src=") && !page.contains("href="));
    }
    // Two points at the ends of both axes lie in the corners, the one between in the middle.
    void pointsLieWhereTheAxesSay() {
        ReportChart chart{"by", "", "x", "y", true, false, {}};
        chart.series = {{"s", {1, 10, 100}, {0, 5, 10}, {0, 0, 0}}};
        QXmlStreamReader xml(QByteArray::fromStdString(chartSvg(chart)));
        QList<QPointF> circles;
        QStringList names;
        while (!xml.atEnd())
            if (xml.readNext() == QXmlStreamReader::StartElement) {
                if (xml.name() == u"circle")
                    circles << QPointF(xml.attributes().value("cx").toDouble(),
                                       xml.attributes().value("cy").toDouble());
                if (xml.name() == u"text") names << xml.readElementText();
            }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QCOMPARE(circles, (QList<QPointF>{{64, 348}, {277, 182}, {490, 16}}));
        for (const char* name : {"s", "x", "y", "20", "100", "6"}) QVERIFY2(names.contains(name), name);
    }
    void namesOfEqualEndsDoNotLieOnEachOther() {
        ReportChart chart{"by", "", "x", "y", false, false, {}};
        for (const char* name : {"a", "b", "c"}) chart.series.push_back({name, {0, 1}, {1, 2}, {0, 0}});
        QXmlStreamReader xml(QByteArray::fromStdString(chartSvg(chart)));
        QList<double> heights;
        while (!xml.atEnd())
            if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == u"text" &&
                xml.attributes().hasAttribute("fill"))
                heights << xml.attributes().value("y").toDouble();
        QCOMPARE(heights.size(), 3);
        for (int i = 1; i < 3; ++i) QVERIFY(heights[i] - heights[i - 1] >= 14.9);
    }
};

THAW_TEST(StudyReportTest);
#include "study_report_test.moc"

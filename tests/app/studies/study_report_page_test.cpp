// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studies/study_report_page.h"
#include "tests/app/sample_study.h"
#include "tests/registry.h"

#include <QTest>

using namespace thaw;

class StudyReportPageTest : public QObject {
    Q_OBJECT
    static QString page(const StudyReport& report, bool dark = false) {
        QPalette palette;
        palette.setColor(QPalette::Base, dark ? Qt::black : Qt::white);
        return studyReportPage(report, palette);
    }

private Q_SLOTS:
    void wordsAreShownAsTheyAre() {
        const QString html = page(test::sampleReport());
        for (const char* part : {"<h2>Freezing &amp; more</h2>", "<p>Of <code>a&lt;b</code>.</p>",
                                 "<td>It &quot;holds&quot;.</td>", "<td>p = 0.01.</td>", "<h3>Distance by plan</h3>",
                                 "<tr><th>plan</th><th>mean</th></tr>", "<p>No other notes.</p>"})
            QVERIFY2(html.contains(part), part);
    }

    void onlyRowsOfRunsAreLinks() {
        auto report = test::sampleReport();
        ReportTable other{"other", "Other", {"a"}, {}};
        other.rows.push_back({"x"});  // without a list of runs at all
        report.tables.push_back(other);
        const QString html = page(report);
        QVERIFY(html.contains("<tr><td><a href=\"runs:0.0\">none</a></td><td>5</td></tr>"));
        QVERIFY(html.contains("<tr><td><a href=\"runs:0.1\">d2o-f</a></td><td>2</td></tr>"));
        QVERIFY(html.contains("<tr><td>original</td><td>9</td></tr>"));
        QVERIFY(html.contains("<tr><td>x</td></tr>"));
        QCOMPARE(html.count("href="), 2);
    }

    void aLinkMeansTheRunsOfItsRow() {
        const auto report = test::sampleReport();
        QVERIFY(linkedRuns(report, "runs:0.0") == report.tables[0].runs[0]);
        QVERIFY(linkedRuns(report, "runs:0.1") == report.tables[0].runs[1]);
        for (const char* link : {"runs:0.3", "runs:1.0", "runs:0", "runs:", "runs:x.0", "runs:0.y", "runs:0.-1",
                                 "https://thaw.invalid/0.0", "rows:0.0", ""})
            QVERIFY2(!linkedRuns(report, QLatin1String(link)), link);
    }

    void verdictsAreLegibleOnEitherBackground() {
        auto report = test::sampleReport();
        QStringList seen;
        for (const bool dark : {false, true})
            for (const Verdict verdict : {Verdict::Agrees, Verdict::Disagrees, Verdict::CannotTell}) {
                report.claims[0].verdict = verdict;
                const QString html = page(report, dark);
                const qsizetype at = html.indexOf("<b style=\"color:");
                QVERIFY(at >= 0);
                const QColor colour(html.mid(at + 16, 7));
                QVERIFY2(colour.isValid(), qPrintable(html.mid(at, 40)));
                QCOMPARE(colour.lightness() > 128, dark);
                seen << colour.name();
            }
        QCOMPARE(seen.removeDuplicates(), qsizetype(0));
    }
};

THAW_TEST(StudyReportPageTest);
#include "study_report_page_test.moc"

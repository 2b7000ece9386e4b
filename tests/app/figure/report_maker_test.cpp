// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/figure/report_maker.h"
#include "app/figure/figure_maker.h"
#include "app/figure/figure_saving.h"
#include "core/study/study_folder.h"
#include "tests/app/sample_study.h"
#include "tests/registry.h"

#include <QApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace thaw;

class ReportMakerTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> folder_;

    QString at(const QString& name) const { return folder_->filePath(name); }
    QByteArray textAt(const char* name) const { return test::textOf(at(QLatin1String(name))); }
    static QByteArray said(const QString& tool, const QStringList& arguments) {
        QProcess process;
        process.start(tool, arguments);
        process.waitForFinished(60'000);
        return process.readAllStandardOutput();
    }

private Q_SLOTS:
    void init() { folder_ = std::make_unique<QTemporaryDir>(); }

    void everyChartIsDrawnAndTheReportHoldsThem() {
        test::writeSampleReport(folder_->path(), test::sampleReport());
        QCOMPARE(makeReport(*qApp, folder_->path()), 0);
        const QByteArray page = textAt("report.html");
        for (const char* name : {"by-images", "by-percent"}) {
            const QByteArray svg = test::textOf(at(QLatin1String(name) + QStringLiteral(".svg")));
            QVERIFY2(svg.contains("<svg "), name);
            QVERIFY2(page.contains("src=\"data:image/svg+xml;base64," + svg.toBase64() + "\""), name);
            QVERIFY2(test::textOf(at(QLatin1String(name) + QStringLiteral(".pdf"))).startsWith("%PDF-"), name);
        }
        QVERIFY(page.contains("<h1>Freezing &amp; more</h1>"));
        QVERIFY(!page.contains("Not drawn here"));
        QVERIFY(textAt("report.pdf").startsWith("%PDF-"));
    }

    void theFolderCanBeMovedWithItsRecipes() {
        test::writeSampleReport(folder_->path(), test::sampleReport());
        QCOMPARE(makeReport(*qApp, folder_->path()), 0);
        for (const char* file : {"by-images.svg", "by-images.pdf", "by-images.recipe.json"}) {
            const OpenedRecipe opened = openRecipe(at(QLatin1String(file)));
            QVERIFY2(opened.recipe, qPrintable(opened.error));
            QCOMPARE(opened.recipe->panels.size(), std::size_t(1));
            const PanelRecipe& panel = opened.recipe->panels[0];
            QCOMPARE(panel.kind, PanelKind::Study);
            QCOMPARE(panel.runs, std::vector<std::string>{"."});
            QCOMPARE(panel.curve, std::string("by-images"));
        }
        QCOMPARE(openRecipe(at("by-percent.svg")).recipe->panels[0].curve, std::string("by-percent"));
    }

    // From the recipe that a study writes before anything is drawn, from the one beside the drawing, and from the drawing.
    void everyRecipeMakesTheSameDrawing() {
        writeReport(folder_->path().toStdString(), test::sampleReport());
        const auto make = [&](const QString& recipe, const QString& out) {
            return makeFigure(*qApp, {at(recipe), at(out), QStringLiteral("cpu"), false, true});
        };
        QCOMPARE(make("by-images.recipe.json", "before.svg"), 0);
        QCOMPARE(makeReport(*qApp, folder_->path()), 0);
        QCOMPARE(make("by-images.recipe.json", "beside.svg"), 0);
        QCOMPARE(make("by-images.svg", "within.svg"), 0);
        const QByteArray drawn = textAt("by-images.svg");
        QVERIFY(drawn.contains("distance"));
        for (const char* file : {"before.svg", "beside.svg", "within.svg"}) QVERIFY2(textAt(file) == drawn, file);
    }

    void theReportOnPagesHasTextAndLines() {
        test::writeSampleReport(folder_->path(), test::sampleReport());
        QCOMPARE(makeReport(*qApp, folder_->path()), 0);
        const QByteArray text = said("pdftotext", {at("report.pdf"), "-"});
        for (const char* words : {"Freezing & more", "It \"holds\".", "agrees", "Distance by plan", "No other notes."})
            QVERIFY2(text.contains(words), (QByteArray(words) + " is not in: " + text).constData());
        QCOMPARE(said("pdfimages", {"-list", at("report.pdf")}).count("image "), 0);
        // The charts are in it: without them it is shorter.
        StudyReport bare = test::sampleReport();
        bare.charts.clear();
        QCOMPARE(writeReportPdf(bare, folder_->path(), at("bare.pdf")), QString());
        QVERIFY(textAt("bare.pdf").startsWith("%PDF-"));
        QVERIFY(textAt("report.pdf").size() > textAt("bare.pdf").size() + 1000);
    }

    void whatIsNotMeasuredYetIsNotDrawn() {
        auto report = test::sampleReport();
        report.charts[1].title = "A later chart";
        report.charts[1].series.clear();
        test::writeSampleReport(folder_->path(), report);
        QCOMPARE(makeReport(*qApp, folder_->path()), 0);
        QVERIFY(QFile::exists(at("by-images.svg")));
        QVERIFY(!QFile::exists(at("by-percent.svg")) && !QFile::exists(at("by-percent.pdf")));
        QVERIFY(!textAt("report.html").contains("A later chart"));
    }

    void whatWasDrawnBeforeIsReplaced() {
        auto report = test::sampleReport();
        test::writeSampleReport(folder_->path(), report);
        QCOMPARE(makeReport(*qApp, folder_->path()), 0);
        const QByteArray before = textAt("by-images.svg");
        report.charts[0].yLabel = "another distance";
        test::writeSampleReport(folder_->path(), report);
        QCOMPARE(makeReport(*qApp, folder_->path()), 0);
        QVERIFY(textAt("by-images.svg") != before && textAt("by-images.svg").contains("another distance"));
    }

    void aFolderWithoutAReportIsRefused() {
        QCOMPARE(makeReport(*qApp, at("none")), 3);
        QVERIFY(!QFile::exists(at("none")));
        QCOMPARE(makeReport(*qApp, folder_->path()), 3);
        test::writeText(at("report.json"), "{\"thaw_study_report\": 1");
        QCOMPARE(makeReport(*qApp, folder_->path()), 3);
        QVERIFY(!QFile::exists(at("report.html")));
    }
};

THAW_TEST(ReportMakerTest);
#include "report_maker_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study_folder.h"

#include "core/formats/figure_recipe_json.h"
#include "core/formats/study_files.h"
#include "core/formats/study_report_text.h"
#include "tests/core/faults.h"
#include "tests/registry.h"

#include <QtCore/QFile>
#include <QtCore/QSysInfo>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <memory>

using namespace thaw;

class StudyFolderTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> folder_;

    QString at(const char* name) const { return folder_->filePath(QLatin1String(name)); }
    std::string path() const { return folder_->path().toStdString(); }
    static StudyReport reportOf(const char* title) {
        StudyReport report;
        report.title = title;
        ReportChart chart{"by-images", "Chart", "kimg", "distance", false, false, {}};
        chart.series = {{"one", {1, 2}, {4, 3}, {0.5, 0.5}, {"runs/one-seed1"}}};
        report.charts = {chart};
        ReportTable table{"distances", "Table", {"a"}, {}};
        table.add({"x"});
        report.tables = {table};
        return report;
    }
    // What a window's program leaves there.
    void draw() const {
        for (const char* name : {"by-images.svg", "by-images.pdf", "report.pdf", "report.html"})
            writeBytes(at(name), "drawn");
    }

private Q_SLOTS:
    void init() { folder_ = std::make_unique<QTemporaryDir>(); }

    void everyFormOfTheReportIsWritten() {
        const auto report = reportOf("A study");
        writeReport(path(), report);
        QCOMPARE(readBytes(at("report.json")).toStdString(), toJson(report));
        QCOMPARE(readBytes(at("report.md")).toStdString(), reportMarkdown(report));
        QCOMPARE(readBytes(at("report.html")).toStdString(), reportHtml(report));
        QCOMPARE(readBytes(at("distances.csv")).toStdString(), tableCsv(report.tables[0]));
        QCOMPARE(readBytes(at("by-images.csv")).toStdString(), chartCsv(report.charts[0]));
    }

    void theRecipeOfAChartNamesItWithinTheFolder() {
        writeReport(path(), reportOf("A study"));
        const auto recipe = figureRecipeFromJson(readBytes(at("by-images.recipe.json")).toStdString(), "f");
        QCOMPARE(recipe.panels.size(), std::size_t(1));
        QCOMPARE(recipe.panels[0].kind, PanelKind::Study);
        QCOMPARE(recipe.panels[0].runs, std::vector<std::string>{"."});
        QCOMPARE(recipe.panels[0].curve, std::string("by-images"));
    }

    void theSameReportLeavesItsDrawingsAlone() {
        writeReport(path(), reportOf("A study"));
        draw();
        writeReport(path(), reportOf("A study"));
        for (const char* name : {"by-images.svg", "by-images.pdf", "report.pdf", "report.html"})
            QVERIFY2(readBytes(at(name)) == "drawn", name);
    }

    void anotherReportTakesItsDrawingsAway() {
        writeReport(path(), reportOf("A study"));
        draw();
        auto further = reportOf("A study");
        further.charts[0].series[0].mean[1] = 2;
        writeReport(path(), further);
        for (const char* name : {"by-images.svg", "by-images.pdf", "report.pdf"})
            QVERIFY2(!QFile::exists(at(name)), name);
        QCOMPARE(readBytes(at("report.html")).toStdString(), reportHtml(further));
        QCOMPARE(readStudyReport(path()).charts[0].series[0].mean, further.charts[0].series[0].mean);
    }

    void aDamagedReportIsWrittenAnew() {
        writeBytes(at("report.json"), "{");
        writeReport(path(), reportOf("A study"));
        QCOMPARE(readStudyReport(path()).title, std::string("A study"));
    }

    void requestAndProgressAreReadAgain() {
        const std::vector<std::string> words{"freezing", "--data", "/a folder/with \"quotes\"", "--kimg", "0.5"};
        writeRequest(path(), words);
        writeProgress(path(), {StudyStage::Failed, "gan-seed1", 0.5, 2, 7, "not here", "Why."});
        const auto state = studyFolderState(path());
        QCOMPARE(state.arguments, words);
        QCOMPARE(state.progress.stage, StudyStage::Failed);
        QCOMPARE(state.progress.job, std::string("gan-seed1"));
        QCOMPARE(state.progress.jobs, 7);
        QCOMPARE(state.progress.message, std::string("Why."));
        QCOMPARE(QString::fromStdString(state.progress.host), QSysInfo::machineHostName());
    }

    void aFolderIsOfOneStudy() {
        claimStudyFolder(path(), R"({"study": "freezing", "kimg": 1})");
        claimStudyFolder(path(), R"({"study": "freezing", "kimg": 1})");
        QVERIFY(isStudyFolder(path()));
        const QString fault = faultOf([&] { claimStudyFolder(path(), R"({"study": "freezing", "kimg": 2})"); });
        QVERIFY2(fault.startsWith("Configuration") && fault.contains("kimg is 1 there and 2 here"), qPrintable(fault));
        writeBytes(at("study.json"), "[");
        QVERIFY(faultOf([&] { claimStudyFolder(path(), "{}"); }).startsWith("FileDamaged"));
    }
};

THAW_TEST(StudyFolderTest);
#include "study_folder_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/training/run_comparison.h"
#include "app/engine/compute_thread.h"
#include "tests/fid_point.h"
#include "tests/registry.h"
#include "widgets/samples/sample_grid.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace thaw;

namespace {

constexpr int kSoon = 120'000;
const char* const kModel = THAW_GOLDEN "/ncsnpp_edm_cond.weights.safetensors";  // 16×16, three channels

RunSummary runOf(const std::string& folder, const std::string& objective, double fid) {
    RunSummary run;
    run.folder = folder;
    run.objective = objective;
    run.freeze = "d2o-f";
    run.kimg = run.targetKimg = 20;
    run.config = R"({"objective": ")" + objective + R"(", "batch": 64})";
    run.best = run.last = fidPoint(20, fid, 1000);
    run.last->recall = 0.25;
    return run;
}

}  // namespace

class RunComparisonTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void numbersStandAboveTheSettingsThatDiffer() {
        ComputeThread compute(ComputeOptions{});
        RunSummary gan = runOf("/runs/0003-d2o-f", "gan", 6.25), cd = runOf("/runs/0004-cd-d2o-f", "cd", 7.5);
        cd.plans = {{100, 5, "none", "freeze"}};
        const RunComparison comparison(compute, {gan, cd}, {});
        const QStringList lines = comparison.text().split('\n');
        QCOMPARE(lines.front(), QString("Run\t0003-d2o-f\t0004-cd-d2o-f → none"));
        for (const char* line : {"Objective\tgan\tcd", "Frozen\td2o-f\td2o-f; none from 5 kimg",
                                 "Images seen (kimg)\t20\t20", "Lowest distance\tFD 6.25 at 20 kimg\tFD 7.5 at 20 kimg",
                                 "Recall\t0.25\t0.25", "Precision\t–\t–", "objective\tgan\tcd"})
            QVERIFY2(lines.contains(QString::fromUtf8(line)), qPrintable(comparison.text()));
        QVERIFY(!comparison.text().contains("batch"));
    }

    void distancesThatDoNotCompareAreSaidToBeSo() {
        ComputeThread compute(ComputeOptions{});
        RunSummary gan = runOf("/runs/0003-d2o-f", "gan", 6.25), cd = runOf("/runs/0004-cd-d2o-f", "cd", 7.5);
        const auto warns = [&] {
            const RunComparison comparison(compute, {gan, cd}, {});
            const auto labels = comparison.findChildren<QLabel*>();
            return std::any_of(labels.begin(), labels.end(),
                               [](const QLabel* label) { return label->text().contains("do not compare"); });
        };
        QVERIFY(!warns());
        cd.last->selection = true;  // the same number, whatever it is used for
        QVERIFY(!warns());
        cd.last->num = 5000;
        QVERIFY(warns());
    }

    void anImportHasNumbersButNoSettings() {
        ComputeThread compute(ComputeOptions{});
        RunSummary import;
        import.folder = "/logs/afhq";
        import.importedFrom = "EDM";
        import.kimg = 200;
        import.best = import.last = fidPoint(200, 5.5, 50000);
        import.best->kind = import.last->kind = MeasureKind::Inception;
        const RunComparison comparison(
            compute, {runOf("/runs/0003-d2o-f", "gan", 6.25), import, runOf("/runs/0004-cd-d2o-f", "cd", 7.5)}, {});
        const QStringList lines = comparison.text().split('\n');
        for (const char* line :
             {"Objective\tgan\timport of EDM\tcd", "Images seen (kimg)\t20\t200\t20", "objective\tgan\t–\tcd",
              "Lowest distance\tFD 6.25 at 20 kimg\tFID 5.5 at 200 kimg\tFD 7.5 at 20 kimg"})
            QVERIFY2(lines.contains(QString::fromUtf8(line)), qPrintable(comparison.text()));
        const auto labels = comparison.findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
            return label->text().contains("do not compare") &&
                   label->text().contains("settings of imports are not known");
        }));
    }

    void picturesOfEveryRunComeFromItsFiles() {
        ComputeThread compute(ComputeOptions{});
        QVERIFY(compute.openModel(kModel));  // samples are made beside an open model
        RunComparison comparison(compute, {runOf(kModel, "gan", 6), runOf(kModel, "cd", 7)}, {});
        QSignalSpy columns(&comparison, &RunComparison::columnsRequested);
        const SampleGrid& grid = *comparison.grid();
        QCOMPARE(grid.blockCount(), 2);
        QCOMPARE(grid.block(1).caption, QString("cd · 20 kimg · FD 7"));
        for (const int block : {0, 1})
            QTRY_COMPARE_WITH_TIMEOUT(grid.block(block).samples.images.size(), std::size_t(16), kSoon);
        QVERIFY(grid.block(0).samples.images == grid.block(1).samples.images);
        QVERIFY(grid.block(0).busyText.isEmpty() && grid.block(1).busyText.isEmpty());
        for (auto* button : comparison.findChildren<QPushButton*>())
            if (button->text() == "Add as columns") button->click();
        QCOMPARE(columns.size(), 1);
        QCOMPARE(columns.front().front().toStringList(), (QStringList{kModel, kModel}));
    }
};

THAW_TEST(RunComparisonTest);
#include "run_comparison_test.moc"

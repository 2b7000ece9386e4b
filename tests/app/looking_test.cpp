// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/training/runs_list.h"
#include "app/window/file_chooser.h"
#include "tests/app/window_fixture.h"
#include "tests/registry.h"

#include <QFile>
#include <QTreeWidget>

using namespace thaw;

/// A run that is opened to be looked at: its teacher is the original, the run is tuned, by every way to open it.
class LookingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        fixture_ = std::make_unique<WindowFixture>();
        QVERIFY(QFile::copy(QStringLiteral(THAW_GOLDEN "/ddpmpp_gray_28.weights.safetensors"), teacher()));
        fixture_->options.model = teacher();
        open();
        fixture_->typeTinyRun("0.064");
        fixture_->type("generator_learning_rate", "0.01");
        fixture_->clickStart();
        reach(RunState::Finished);
        QTRY_VERIFY_WITH_TIMEOUT(isWhole(MultiStep) && isWhole(Before), kLong);
        QTRY_VERIFY_WITH_TIMEOUT(isWhole(After) && column(After).kimg == 0.064, kLong);
        original_ = column(MultiStep).images;
        tuned_ = column(After).images;
        QVERIFY(original_ != tuned_);
        window().compute().requestOriginalFid(kImages);
        QTRY_VERIFY_WITH_TIMEOUT(reference_ > 0, kLong);
        originalFid_ = reference_;
    }
    void cleanupTestCase() { fixture_.reset(); }
    void init() {
        fixture_->options.model = QStringLiteral("builtin");
        reference_ = 0;
    }

    void fromTheCommandLine() {
        fixture_->options.model = run();
        open();
        showsBoth();
    }

    void fromTheRunsTable() {
        open();
        auto* table = window().runPage()->runs()->findChild<QTreeWidget*>("runsTable");
        QTRY_COMPARE_WITH_TIMEOUT(table->topLevelItemCount(), 1, kLong);
        Q_EMIT table->itemActivated(table->topLevelItem(0), 0);  // nothing is chosen yet
        table->topLevelItem(0)->setSelected(true);
        Q_EMIT table->itemActivated(table->topLevelItem(0), 0);
        showsBoth();
    }

    void aDroppedSnapshotOfTheRun() {
        open();
        window().opening().files()->open({run() + "/ema-0000000064.safetensors"});
        showsBoth();
    }

    void aSessionThatHoldsTheRun() {
        fixture_->options.model = run();
        open();
        showsBoth();
        const SessionFile session = window().sessions().session();
        QCOMPARE(QDir(session.model), QDir(run()));
        fixture_->options.session = session;
        fixture_->open();
        showsBoth();
        fixture_->options.session.reset();
    }

    // What is one generator is sampled as one, also where a column of eighteen Heun steps waits for it.
    void aSnapshotAloneIsSampledAsItWasTrained() {
        const QString alone = fixture_->folder.filePath("alone.safetensors");
        QVERIFY(QFile::copy(run() + "/ema-0000000064.safetensors", alone));
        open();
        window().comparePage()->setColumns({{SampleSource::OriginalMultiStep, 18}, {SampleSource::TunedOneStep, 1}});
        window().opening().openModel(alone);
        QTRY_VERIFY_WITH_TIMEOUT(isWhole(0) && column(0).images == tuned_, kLong);
        QCOMPARE(column(0).steps, 1);
        QVERIFY(column(0).asTrained);
        QVERIFY(column(1).images.empty());
        // A diffusion model after it has its eighteen steps again.
        window().opening().openModel(teacher());
        QTRY_VERIFY_WITH_TIMEOUT(isWhole(0) && column(0).steps == 18, kLong);
    }

    void aTeacherThatHasMovedIsSaidAndChosen() {
        const QString moved = fixture_->folder.filePath("moved.safetensors");
        QVERIFY(QFile::rename(teacher(), moved));
        fixture_->options.model = run();
        open();
        QTRY_VERIFY_WITH_TIMEOUT(window().strip()->isVisible(), kLong);
        QVERIFY2(window().strip()->what().contains("0000"), qPrintable(window().strip()->what()));
        QVERIFY2(window().strip()->detail().contains("teacher.safetensors"), qPrintable(window().strip()->detail()));
        QVERIFY(window().strip()->findChild<QPushButton*>("messageAction")->isVisible());
        QVERIFY(!QApplication::activeModalWidget());
        QTRY_VERIFY_WITH_TIMEOUT(isWhole(MultiStep) && column(MultiStep).images == tuned_, kLong);
        QVERIFY(column(After).images.empty());
        Q_EMIT window().opening().files()->teacherChosen(moved);
        showsBoth();
        QVERIFY(!window().strip()->isVisible());
        QVERIFY(QFile::rename(moved, teacher()));
    }

private:
    static constexpr int kImages = 200;  // of the run's distances
    static constexpr int MultiStep = ComparePage::MultiStep, Before = ComparePage::Before, After = ComparePage::After;

    void reach(RunState state) { QTRY_COMPARE_WITH_TIMEOUT(fixture_->state(), state, kLong); }
    MainWindow& window() const { return *fixture_->window; }
    const SampleColumn& column(int block) const { return fixture_->column(block); }
    bool isWhole(int block) const { return column(block).images.size() == 16; }
    QString teacher() const { return fixture_->folder.filePath("teacher.safetensors"); }
    QString run() const { return QDir(fixture_->options.runs).filePath(fixture_->runFolders().value(0)); }

    void open() {
        fixture_->open();
        connect(window().compute().facts(), &EngineFacts::originalFidMeasured, this, [this](const FidPoint& point) {
            if (point.num == kImages) reference_ = point.fid;
        });
        reach(RunState::Ready);
    }

    void showsBoth() {
        QTRY_VERIFY_WITH_TIMEOUT(window().windowTitle().contains(QFileInfo(run()).fileName()), kLong);
        QTRY_VERIFY_WITH_TIMEOUT(isWhole(MultiStep) && column(MultiStep).images == original_, kLong);
        QCOMPARE(column(MultiStep).steps, 18);
        QTRY_VERIFY_WITH_TIMEOUT(isWhole(After) && column(After).images == tuned_, kLong);
        QCOMPARE(column(After).kimg, 0.064);
        QTRY_COMPARE_WITH_TIMEOUT(fixture_->losses().pointCount(0), 8, kLong);
        QCOMPARE(window().runPage()->form()->config().generator.learningRate, 0.01);
        QCOMPARE(fixture_->state(), RunState::Ready);
        QTRY_COMPARE_WITH_TIMEOUT(reference_, originalFid_, kLong);
    }

    std::unique_ptr<WindowFixture> fixture_;
    std::vector<Image> original_, tuned_;
    double reference_ = 0, originalFid_ = 0;
};

THAW_TEST(LookingTest);
#include "looking_test.moc"

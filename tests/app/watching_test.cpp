// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/samples/run_samples_window.h"
#include "app/shared/watched_run_bar.h"
#include "app/training/runs_list.h"
#include "core/formats/running_mark.h"
#include "tests/app/window_fixture.h"
#include "tests/registry.h"

#include <QCheckBox>
#include <QFile>
#include <QSignalSpy>

using namespace thaw;

/// A run that is looked at while another process goes on with it; the test writes what that process would.
class WatchingTest : public QObject {
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
        QVERIFY(QFile::copy(run() + "/ema-0000000064.safetensors", kept()));
    }
    void cleanupTestCase() { fixture_.reset(); }

    void theNewestSnapshotIsOfferedAndShownByAClick() {
        fixture_->options.model = run();
        open();
        QTRY_COMPARE_WITH_TIMEOUT(fixture_->losses().pointCount(0), 8, kLong);
        QVERIFY(bar()->isHidden());
        RunLock lock(run().toStdString());
        QVERIFY(QFile::copy(kept(), run() + "/ema-0000000128.safetensors"));
        QTRY_VERIFY_WITH_TIMEOUT(button("showNewest")->isVisible(), kLong);
        QVERIFY2(bar()->text().contains("0.064") && bar()->text().contains("0.128"), qPrintable(bar()->text()));
        // Its curves grow meanwhile.
        QFile log(run() + "/stats.jsonl");
        QVERIFY(log.open(QIODevice::Append));
        log.write("{\"step\":9,\"kimg\":0.072,\"g_loss\":0.5,\"d_loss\":1}\n");
        log.close();
        QTRY_COMPARE_WITH_TIMEOUT(fixture_->losses().pointCount(0), 9, kLong);
        QTest::mouseClick(button("showNewest"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!button("showNewest")->isVisible(), kLong);
        QVERIFY(!window().strip()->isVisible());
        QTRY_COMPARE_WITH_TIMEOUT(fixture_->column(ComparePage::After).images.size(), std::size_t(16), kLong);
        // The images that it wrote itself.
        QTest::mouseClick(button("ownSamples"), Qt::LeftButton);
        auto* samples = window().findChild<RunSamplesWindow*>("runSamples");
        QVERIFY(samples);
        QTRY_VERIFY_WITH_TIMEOUT(!samples->file().isEmpty(), kLong);
        samples->close();
        lock.end();
        QVERIFY(QFile::remove(run() + "/ema-0000000128.safetensors"));
    }

    void beforeTheFirstSnapshotThereAreCurvesAndNoError() {
        for (const QString& name : QDir(run()).entryList({"ema-*.safetensors", "best.safetensors"}))
            QVERIFY(QFile::remove(run() + '/' + name));
        fixture_->options.model = run();
        fixture_->open();
        QSignalSpy faults(fixture_->window.get(), &MainWindow::failed);
        reach(RunState::Ready);
        QTRY_COMPARE_WITH_TIMEOUT(fixture_->losses().pointCount(0), 9, kLong);
        QTRY_VERIFY_WITH_TIMEOUT(window().strip()->isVisible(), kLong);
        QVERIFY2(window().strip()->what().contains("no snapshot"), qPrintable(window().strip()->what()));
        QVERIFY(faults.isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(fixture_->column(ComparePage::MultiStep).images.size(), std::size_t(16), kLong);
        QVERIFY(fixture_->column(ComparePage::After).images.empty());
        // Its process saves the first one, and the tick takes it.
        RunLock lock(run().toStdString());
        QTRY_VERIFY_WITH_TIMEOUT(bar()->findChild<QCheckBox*>("followNewest")->isVisible(), kLong);
        QTest::keyClick(bar()->findChild<QCheckBox*>("followNewest"), Qt::Key_Space);
        QVERIFY(QFile::copy(kept(), run() + "/ema-0000000064.safetensors"));
        QTRY_COMPARE_WITH_TIMEOUT(fixture_->column(ComparePage::After).images.size(), std::size_t(16), kLong);
        QCOMPARE(fixture_->column(ComparePage::After).kimg, 0.064);
        QTRY_VERIFY_WITH_TIMEOUT(!window().strip()->isVisible(), kLong);
        QVERIFY(faults.isEmpty());
        lock.end();
    }

private:
    void reach(RunState state) { QTRY_COMPARE_WITH_TIMEOUT(fixture_->state(), state, kLong); }
    MainWindow& window() const { return *fixture_->window; }
    QString teacher() const { return fixture_->folder.filePath("teacher.safetensors"); }
    QString kept() const { return fixture_->folder.filePath("kept.safetensors"); }
    QString run() const { return QDir(fixture_->options.runs).filePath(fixture_->runFolders().value(0)); }
    WatchedRunBar* bar() const { return window().comparePage()->findChild<WatchedRunBar*>("watchedRun"); }
    QPushButton* button(const char* name) const { return bar()->findChild<QPushButton*>(name); }
    void open() {
        fixture_->open();
        reach(RunState::Ready);
    }

    std::unique_ptr<WindowFixture> fixture_;
};

THAW_TEST(WatchingTest);
#include "watching_test.moc"

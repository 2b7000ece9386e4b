// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/run_stats_file.h"
#include "tests/app/window_fixture.h"
#include "tests/registry.h"

#include <QFile>
#include <QMessageBox>
#include <QRegularExpression>

using namespace thaw;

/// A run that goes on from the window: with its own model, or after a question.
class ContinuingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        fixture_ = std::make_unique<WindowFixture>();
        fixture_->open();
        reach(RunState::Ready);
        fixture_->typeTinyRun("1000");
        fixture_->clickStart();
        QTRY_VERIFY_WITH_TIMEOUT(fixture_->losses().pointCount(0) > 0, kLong);
        fixture_->clickStop();
        reach(RunState::Finished);
    }
    void cleanup() { fixture_.reset(); }

    // The plan of the page belongs to the model that was open; it is no command to the run.
    void itsOwnModelIsOpenedAndItsFreezePlanStays() {
        const auto plan = window().blocksPage()->plan();
        window().opening().openModel(QStringLiteral(THAW_GOLDEN "/ddpmpp_gray_28.weights.safetensors"));
        reach(RunState::Ready);
        window().blocksPage()->adoptPlan(parseFreezePlan("none"));
        window().compute().continueRun(run());
        reach(RunState::Running);
        QTRY_COMPARE_WITH_TIMEOUT(window().opening().modelPath(), QString("builtin"), kLong);
        QTRY_VERIFY_WITH_TIMEOUT(window().blocksPage()->plan() == plan, kLong);
        fixture_->clickStop();
        reach(RunState::Finished);
        for (const RunEvent& event : runStatsIfAny(run().toStdString()).events) QVERIFY(event.kind != "freeze");
    }

    void aRunOfAnotherModelIsAskedAboutAndNothingIsChangedMeanwhile() {
        QFile file(run() + "/config.json");
        QVERIFY(file.open(QIODevice::ReadWrite));
        QString text = QString::fromUtf8(file.readAll());
        const QString zeros(64, QLatin1Char('0'));
        text.replace(QRegularExpression("\"model_sha256\": \"[0-9a-f]{64}\""), "\"model_sha256\": \"" + zeros + '"');
        file.resize(0);
        file.seek(0);
        file.write(text.toUtf8());
        file.close();
        window().compute().continueRun(run());
        QMessageBox* box = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT(box = window().findChild<QMessageBox*>("continueAnyway"), kLong);
        QVERIFY2(box->text().contains(zeros), qPrintable(box->text()));
        reach(RunState::Ready);
        for (QAbstractButton* button : box->buttons())
            if (box->buttonRole(button) == QMessageBox::DestructiveRole) fixture_->click(button);
        reach(RunState::Running);
        QTRY_VERIFY_WITH_TIMEOUT(window().strip()->isVisible(), kLong);
        fixture_->clickStop();
        reach(RunState::Finished);
    }

private:
    void reach(RunState state) { QTRY_COMPARE_WITH_TIMEOUT(fixture_->state(), state, kLong); }
    MainWindow& window() const { return *fixture_->window; }
    QString run() const { return QDir(fixture_->options.runs).filePath(fixture_->runFolders().value(0)); }

    std::unique_ptr<WindowFixture> fixture_;
};

THAW_TEST(ContinuingTest);
#include "continuing_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// Nothing is shown or exported as if it were fresh that does not answer what would be asked for now.
#include "app/figure/export_button.h"
#include "app/samples/surgery_strip.h"
#include "tests/app/window_fixture.h"
#include "tests/cli/program.h"
#include "tests/registry.h"

#include <QComboBox>
#include <QFile>

#include <cmath>

using namespace thaw;

class FreshnessTest : public QObject {
    Q_OBJECT
    WindowFixture fixture_;

    ComparePage& samples() const { return *fixture_.window->comparePage(); }
    FrequencyPage& frequency() const { return *fixture_.window->frequencyPage(); }
    QString stale(int column) const { return fixture_.grid().staleWord(column); }
    bool becomesFresh(int columns) const {
        return QTest::qWaitFor(
            [&] {
                for (int c = 0; c < columns; ++c)
                    if (!stale(c).isEmpty() || fixture_.column(c).images.size() != 4) return false;
                return true;
            },
            kLong);
    }
    bool becomesMeasured() const {
        return QTest::qWaitFor(
            [&] {
                return frequency().isUpToDate() && !isEmpty(frequency().drawn()) && frequency().staleWord().isEmpty();
            },
            kLong);
    }

private Q_SLOTS:
    void initTestCase() {
        fixture_.open();
        samples().setColumns({{SampleSource::OriginalOneStep, 1}, {SampleSource::OriginalMultiStep, 4}});
        for (QComboBox* box : samples().findChildren<QComboBox*>())
            if (box->accessibleName() == "Number of images") box->setCurrentIndex(0);
        fixture_.window->selection().setBlock("dec.28x28_block1");
        QVERIFY(QTest::qWaitFor([&] { return fixture_.window->isSettled(); }, kLong));
        QVERIFY(becomesFresh(2));
    }

    void imagesOfASurgeryThatIsOverAreDimmedUnderTheirOwnCaption() {
        samples().setSurgeryShown(true);
        QVERIFY(!stale(0).isEmpty() && !stale(1).isEmpty());
        QVERIFY(becomesFresh(2));
        QVERIFY(fixture_.grid().block(1).caption.contains("× 0 at dec.28x28_block1"));
        const auto touched = fixture_.column(1).images;
        samples().setSurgeryShown(false);
        QVERIFY(!stale(0).isEmpty() && !stale(1).isEmpty());
        QVERIFY(fixture_.column(1).images == touched);
        QVERIFY(fixture_.grid().block(1).caption.contains("× 0 at dec.28x28_block1"));
        QVERIFY(becomesFresh(2));
        QVERIFY(fixture_.column(1).images != touched);
        QVERIFY(!fixture_.grid().block(1).caption.contains("dec.28x28_block1"));
    }

    void anExportWaitsForWhatItWouldShow() {
        ExportButton& button = *samples().exportButton();
        const QString path = fixture_.folder.filePath("samples.png");
        int waits = 0, written = 0;
        connect(&button, &ExportButton::exportWaits, this, [&](const QString& file) { waits += file == path; });
        connect(&button, &ExportButton::exported, this, [&](const QString& file) { written += file == path; });
        samples().setSurgeryShown(true);
        button.exportTo(path);
        QVERIFY(button.isWaiting() && !QFile::exists(path));
        QCOMPARE(waits, 1);
        QTRY_COMPARE_WITH_TIMEOUT(written, 1, kLong);
        QVERIFY(stale(0).isEmpty() && stale(1).isEmpty() && QFile::exists(path));
        // What is fresh is written at once.
        button.exportTo(path);
        QCOMPARE(written, 2);
        button.disconnect(this);
    }

    void aCancelledExportSaysWhyAndWritesNothing() {
        ExportButton& button = *samples().exportButton();
        const QString path = fixture_.folder.filePath("cancelled.png");
        QString why;
        connect(&button, &ExportButton::exportFailed, this, [&](const QString&, const QString& text) { why = text; });
        samples().setColumns({{SampleSource::OriginalOneStep, 1}, {SampleSource::OriginalMultiStep, 256}});
        samples().restart();
        QTRY_VERIFY_WITH_TIMEOUT(fixture_.column(0).images.size() == 4, kLong);
        button.exportTo(path);
        QVERIFY(button.isWaiting());
        fixture_.window->compute().cancelWork();
        QTRY_VERIFY_WITH_TIMEOUT(!why.isEmpty(), kLong);
        QVERIFY2(why.contains("cancelled") && !QFile::exists(path), qPrintable(why));
        QVERIFY(!button.isWaiting());
        button.disconnect(this);
        samples().setSurgeryShown(false);
        samples().setColumns({{SampleSource::OriginalOneStep, 1}, {SampleSource::TunedOneStep, 1}});
        samples().restart();
        QVERIFY(becomesFresh(1));
    }

    void anotherModelMakesWhatIsShownOld() {
        const auto before = fixture_.column(0).images;
        QString word;
        const auto once =
            connect(fixture_.window->compute().facts(), &EngineFacts::modelOpened, this, [&] { word = stale(0); });
        fixture_.window->opening().openModel(program::toyModel());
        QTRY_VERIFY_WITH_TIMEOUT(!word.isEmpty(), kLong);
        disconnect(once);
        QVERIFY(becomesFresh(1));
        QVERIFY(fixture_.column(0).images != before);
        fixture_.window->opening().openModel("builtin");
        QTRY_VERIFY_WITH_TIMEOUT(fixture_.column(0).images == before && stale(0).isEmpty(), kLong);
    }

    void aStepTakenInAPauseIsShown() {
        fixture_.typeTinyRun("100");
        fixture_.clickStart();
        QTRY_COMPARE_WITH_TIMEOUT(fixture_.state(), RunState::Running, kLong);
        fixture_.clickPause();
        QTRY_COMPARE_WITH_TIMEOUT(fixture_.state(), RunState::Paused, kLong);
        QVERIFY(becomesFresh(2));
        double kimg = fixture_.column(1).kimg;
        for (int step = 0; step < 2; ++step) {
            fixture_.window->compute().step();
            QTRY_VERIFY_WITH_TIMEOUT(fixture_.column(1).kimg > kimg, kLong);
            QVERIFY(becomesFresh(2));
            QVERIFY(std::abs(fixture_.column(1).kimg - kimg - 0.008) < 1e-9);
            kimg = fixture_.column(1).kimg;
        }
        fixture_.clickStop();
        QTRY_COMPARE_WITH_TIMEOUT(fixture_.state(), RunState::Finished, kLong);
    }

    void aHeatmapOfTheBlockBeforeIsDimmedUntilItsOwnComes() {
        frequency().setView(PanelKind::Spectrum);
        QVERIFY(becomesMeasured());
        QVERIFY(frequency().heatmap()->data().title.endsWith("dec.28x28_block1"));
        fixture_.window->selection().setBlock("enc.28x28_block0");
        QVERIFY(!frequency().staleWord().isEmpty());
        QVERIFY(frequency().heatmap()->data().title.endsWith("dec.28x28_block1"));
        QVERIFY(becomesMeasured());
        QVERIFY(frequency().heatmap()->data().title.endsWith("enc.28x28_block0"));
        fixture_.window->selection().setSigma(0.5);
        QVERIFY(!frequency().staleWord().isEmpty());
        QVERIFY(becomesMeasured());
        QVERIFY(frequency().heatmap()->data().caption.contains("σ = 0.5"));
    }

    void aDifferenceToAFileComesForEveryBlockAndIsNotCalledTuned() {
        const QString file = fixture_.folder.filePath("other.safetensors");
        QVERIFY(QFile::copy(program::golden("../../resources/models/fashion-mnist/model.safetensors"), file));
        frequency().setAgainst(file);
        frequency().setSource(FrequencyPage::Difference);
        for (const char* block : {"enc.28x28_block0", "dec.28x28_block1", "dec.28x28_block0"}) {
            fixture_.window->selection().setBlock(block);
            QVERIFY(becomesMeasured());
            const QString title = frequency().heatmap()->data().title;
            QVERIFY2(title.endsWith(block) && title.startsWith("Change of 2-D power") && !title.contains("tuned"),
                     qPrintable(title));
        }
    }
};

THAW_TEST(FreshnessTest);
#include "freshness_test.moc"

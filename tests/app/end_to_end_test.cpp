// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/window_fixture.h"

#include "app/figure/export_button.h"
#include "tests/registry.h"

#include <QComboBox>
#include <QFile>

using namespace thaw;

/// The program's main job, as a user does it: open, freeze by preset, start, watch, pause, export, leave.
class EndToEndTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aUserFreezesStartsWatchesPausesExportsAndLeaves() {
        WindowFixture fixture;
        fixture.open();
        MainWindow& window = *fixture.window;
        QTRY_VERIFY_WITH_TIMEOUT(window.isSettled(), kLong);

        // Another preset and back to D2O-F, with the keyboard as in any combo box.
        QComboBox* presets = window.toolBar()->presetBox();
        presets->setFocus();
        QTest::keyClick(presets, Qt::Key_Home);
        QTest::keyClick(presets, Qt::Key_Down);
        QCOMPARE(presets->currentData().toString(), QString("d2o-f"));
        QCOMPARE(window.blocksPage()->plan(), parseFreezePlan("d2o-f"));
        const double frozen = countFrozen(window.blocksPage()->plan(), window.blocksPage()->tree()->model()).percent();
        QVERIFY2(frozen > 70 && frozen < 95, qPrintable(QString::number(frozen)));

        fixture.type("batch", "8");
        fixture.type("fid_images", "200");
        fixture.type("fid_every_kimg", "0.08");
        fixture.type("kimg", "1000");
        fixture.clickStart();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.losses().pointCount(0) >= 5, kLong);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.column(ComparePage::After).images.size() == 16, kLong);
        const auto first = fixture.column(ComparePage::After).images;
        QTRY_VERIFY_WITH_TIMEOUT(window.trainPage()->fid()->pointCount(0) >= 1, kLong);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.column(ComparePage::After).images != first, kLong);
        QVERIFY(fixture.column(ComparePage::After).kimg > 0);
        QVERIFY(window.windowTitle().contains("FD "));

        fixture.clickPause();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.state(), RunState::Paused, kLong);
        const int held = fixture.losses().pointCount(0);
        window.frequencyPage()->setSource(FrequencyPage::Tuned);
        QTRY_VERIFY_WITH_TIMEOUT(window.frequencyPage()->isUpToDate(), kLong);
        QCOMPARE(fixture.losses().pointCount(0), held);

        const QString losses = fixture.folder.filePath("losses.pdf");
        const QString spectrum = fixture.folder.filePath("spectrum.pdf");
        window.trainPage()->lossExport()->exportTo(losses);
        window.frequencyPage()->exportButton()->exportTo(spectrum);
        for (const QString& path : {losses, spectrum}) {
            QFile pdf(path);
            QVERIFY2(pdf.open(QIODevice::ReadOnly), qPrintable(path));
            QVERIFY(pdf.size() > 1000);
            QCOMPARE(pdf.read(5), QByteArray("%PDF-"));
        }

        fixture.clickPause();  // the same button goes on
        QTRY_VERIFY_WITH_TIMEOUT(fixture.losses().pointCount(0) > held, kLong);
        window.close();
        QTRY_VERIFY_WITH_TIMEOUT(!window.isVisible(), kLong);
        QCOMPARE(fixture.state(), RunState::Finished);
        QCOMPARE(fixture.runFolders().size(), 1);
    }
};

THAW_TEST(EndToEndTest);
#include "end_to_end_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/samples/surgery_strip.h"
#include "tests/app/window_fixture.h"
#include "tests/registry.h"

#include <QComboBox>
#include <QImage>
#include <QSlider>

using namespace thaw;

class ComparePageSurgeryTest : public QObject {
    Q_OBJECT
    WindowFixture fixture_;
    const QString block_ = QStringLiteral("dec.28x28_block1");

    ComparePage& page() const { return *fixture_.window->comparePage(); }
    std::vector<Image> images(int column) const { return fixture_.column(column).images; }
    /// Waits until the column has other images than these.
    bool becomesOther(int column, const std::vector<Image>& than) const {
        return QTest::qWaitFor([&] { return images(column).size() == than.size() && images(column) != than; }, kLong);
    }
    bool becomes(int column, const std::vector<Image>& wanted) const {
        return QTest::qWaitFor([&] { return images(column) == wanted; }, kLong);
    }
    std::vector<Image> plain_, real_;

private Q_SLOTS:
    void initTestCase() {
        fixture_.open();
        page().setColumns({{SampleSource::OriginalOneStep, 1}, {SampleSource::RealData, 1}});
        for (QComboBox* box : page().findChildren<QComboBox*>())
            if (box->accessibleName() == "Number of images") box->setCurrentIndex(0);
        QVERIFY(QTest::qWaitFor(
            [&] { return fixture_.window->isSettled() && images(0).size() == 4 && images(1).size() == 4; }, kLong));
        plain_ = images(0);
        real_ = images(1);
        fixture_.window->selection().setBlock(block_);
    }

    void aRemovedBandChangesTheSamplesAndNotTheRealImages() {
        fixture_.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(fixture_.window.get()));
        QTest::keyClick(fixture_.window.get(), Qt::Key_B, Qt::ControlModifier);
        QTRY_VERIFY(page().surgeryShown());
        QVERIFY(becomesOther(0, plain_));
        QVERIFY(images(1) == real_);
        QVERIFY2(fixture_.grid().block(0).caption.contains("× 0 at " + block_),
                 qPrintable(fixture_.grid().block(0).caption));
        QVERIFY(!fixture_.grid().block(1).caption.contains(block_));
    }

    void strengthOfABandChangesThem() {
        const auto before = images(0);
        page().surgery()->findChild<QSlider*>("bandFactor")->setValue(50);
        QVERIFY(becomesOther(0, before));
        const auto half = images(0);
        page().surgery()->findChild<QSlider*>("bandFactor")->setValue(100);  // leaves it
        QVERIFY(becomes(0, plain_));
        page().surgery()->findChild<QSlider*>("bandFactor")->setValue(50);
        QVERIFY(becomes(0, half));
    }

    void holdingTheButtonShowsTheUntouchedSamples() {
        auto* hold = page().surgery()->findChild<QToolButton*>("bandHold");
        const auto touched = images(0);
        QTest::mousePress(hold, Qt::LeftButton);
        QVERIFY(becomes(0, plain_));
        QTest::mouseRelease(hold, Qt::LeftButton);
        QVERIFY(becomes(0, touched));
    }

    void selectingAnotherBlockMovesTheSurgery() {
        const auto before = images(0);
        fixture_.window->selection().setBlock("enc.28x28_block0");
        QVERIFY(becomesOther(0, before));
        QVERIFY(fixture_.grid().block(0).caption.contains("enc.28x28_block0"));
    }

    void savedImagesSayTheirSurgery() {
        const QString file = fixture_.folder.filePath("image.png"), real = fixture_.folder.filePath("real.png");
        QCOMPARE(page().saveImage(0, 0, file), QString());
        QVERIFY2(QImage(file).text("Surgery").contains("enc.28x28_block0"), qPrintable(QImage(file).text("Surgery")));
        QCOMPARE(page().saveImage(1, 0, real), QString());
        QVERIFY(QImage(real).text("Surgery").isEmpty());
    }

    void closingTheStripEndsTheSurgery() {
        page().setSurgeryShown(false);
        QVERIFY(becomes(0, plain_));
        QVERIFY(!fixture_.grid().block(0).caption.contains("band"));
    }
};

THAW_TEST(ComparePageSurgeryTest);
#include "compare_page_surgery_test.moc"

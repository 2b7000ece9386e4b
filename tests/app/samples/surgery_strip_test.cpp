// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/samples/surgery_strip.h"
#include "app/shared/value_text.h"
#include "tests/registry.h"

#include <QDoubleSpinBox>
#include <QLabel>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <QToolButton>

using namespace thaw;

namespace {

ResponseInfo response(const char* name, int resolution) {
    ResponseInfo info;
    info.name = info.block = name;
    info.resolution = resolution;
    return info;
}

}  // namespace

class SurgeryStripTest : public QObject {
    Q_OBJECT
    std::unique_ptr<SurgeryStrip> strip_;
    template <class Widget>
    Widget* part(const char* name) const {
        return strip_->findChild<Widget*>(name);
    }

private Q_SLOTS:
    void init() {
        strip_ = std::make_unique<SurgeryStrip>();
        strip_->setResponses({response("large", 28), response("small", 7)});
        strip_->setBlock("large");
        strip_->resize(900, 60);
        strip_->show();
    }

    void itBeginsWithTheUpperHalfRemoved() {
        const auto filter = strip_->filter();
        QVERIFY(filter);
        QCOMPARE(filter->block, std::string("large"));
        QCOMPARE(filter->low, 7.0);
        QVERIFY(filter->high > 14 * std::sqrt(2.0));  // the corner of the spectrum is inside
        QCOMPARE(filter->factor, 0.0);
    }

    void whatLeavesEverythingAsItIsIsNoFilter() {
        strip_->setBand(3, 8, 1);
        QVERIFY(!strip_->filter());
        strip_->setBand(8, 8, 0);
        QVERIFY(!strip_->filter());
        strip_->setBand(3, 8, 0.5);
        QVERIFY(strip_->filter() == (BandFilter{"large", 3, 8, 0.5}));
        strip_->hide();
        QVERIFY(!strip_->filter());
    }

    void holdingTheButtonTakesItAwayForAsLong() {
        QSignalSpy changed(strip_.get(), &SurgeryStrip::changed);
        QTest::mousePress(part<QToolButton>("bandHold"), Qt::LeftButton);
        QVERIFY(!strip_->filter());
        QCOMPARE(changed.size(), 1);
        QTest::mouseRelease(part<QToolButton>("bandHold"), Qt::LeftButton);
        QVERIFY(strip_->filter());
        QCOMPARE(changed.size(), 2);
    }

    void selectingABlockMovesTheSurgery() {
        strip_->setBand(1, 3, 0.25);
        strip_->setBlock("small");
        QVERIFY(strip_->filter() == (BandFilter{"small", 1, 3, 0.25}));
    }

    void aBandBeyondTheBlocksFrequenciesBeginsAnew() {
        strip_->setBand(10, 14, 0.5);
        strip_->setBlock("small");
        const auto filter = strip_->filter();
        QVERIFY(filter && filter->high <= 5 && filter->low < filter->high);
        part<QDoubleSpinBox>("bandHigh")->setValue(99);
        QCOMPARE(strip_->filter()->high, 5.0);
    }

    void aBlockWithoutResponseIsSaidInWords() {
        strip_->setBlock("map_layer0");
        QVERIFY(!strip_->filter());
        QVERIFY(!part<QSlider>("bandFactor")->isVisible());
        bool said = false;
        for (const QLabel* label : strip_->findChildren<QLabel*>())
            said |= label->text().contains("map_layer0") && label->text().contains("no image-shaped response");
        QVERIFY(said);
    }

    void theKeysMoveTheFactor() {
        auto* factor = part<QSlider>("bandFactor");
        strip_->setBand(3, 8, 0);
        factor->setFocus();
        QTest::keyClick(factor, Qt::Key_PageUp);
        QCOMPARE(strip_->filter()->factor, 0.25);
        QTest::keyClick(factor, Qt::Key_End);
        QCOMPARE(strip_->filter()->factor, 2.0);
    }

    void aBandIsSaidInOneLine() {
        QCOMPARE(bandText({"dec.14x14_block0", 3, 8, 0}), QString("band 3–8 × 0 at dec.14x14_block0"));
        QVERIFY(bandText({"b", 3, std::numeric_limits<double>::infinity(), 0.5}).contains("3–∞"));
    }
};

THAW_TEST(SurgeryStripTest);
#include "app/shared/value_text.h"
#include "surgery_strip_test.moc"
#include "tests/registry.h"

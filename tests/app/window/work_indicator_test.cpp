// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/work_indicator.h"

#include "tests/registry.h"

#include <QTest>
#include <QToolButton>

using namespace thaw;

class WorkIndicatorTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itSaysWhatIsComputedHowFarAndHowMuchWaits() {
        WorkIndicator indicator;
        QCOMPARE(indicator.text(), QString());
        indicator.setWork({ComputeWork::Kind::Samples, 0.4, 0});
        QCOMPARE(indicator.text(), QString("Sampling… 40 %"));
        indicator.setWork({ComputeWork::Kind::Measurement, 0.999, 2});
        QCOMPARE(indicator.text(), QString("Measuring frequencies… 99 %, 2 more"));
        indicator.setWork({});
        QCOMPARE(indicator.text(), QString());
    }

    void itShowsItselfWhenTheWorkLastsAndCancels() {
        QWidget window;
        auto* indicator = new WorkIndicator(&window);
        window.show();
        indicator->setWork({ComputeWork::Kind::Figure, 0, 0});
        QVERIFY(!indicator->isVisible());
        QTRY_VERIFY(indicator->isVisible());
        int cancelled = 0;
        connect(indicator, &WorkIndicator::cancelRequested, this, [&] { ++cancelled; });
        QTest::mouseClick(indicator->cancelButton(), Qt::LeftButton);
        QCOMPARE(cancelled, 1);
        indicator->setWork({});
        QVERIFY(!indicator->isVisible());
    }
};

THAW_TEST(WorkIndicatorTest);
#include "work_indicator_test.moc"

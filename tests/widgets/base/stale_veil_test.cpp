// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/base/stale_veil.h"

#include "tests/registry.h"

#include <QImage>
#include <QPainter>
#include <QTest>

using namespace thaw;

namespace {

class BlackPicture : public QWidget {
protected:
    void paintEvent(QPaintEvent*) override { QPainter(this).fillRect(rect(), Qt::black); }
};

}  // namespace

class StaleVeilTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itsWordIsThereAtOnceAndTheDimmingAfterAMoment() {
        BlackPicture picture;
        picture.resize(120, 80);
        StaleVeil veil(&picture);
        picture.show();
        QVERIFY(QTest::qWaitForWindowExposed(&picture));
        QVERIFY(!veil.isStale() && !veil.isVisible());
        QCOMPARE(picture.grab().toImage().pixelColor(60, 60), QColor(Qt::black));
        veil.setWord(StaleVeil::outdatedWord());
        QVERIFY(veil.isStale() && !veil.isVisible());
        QTRY_VERIFY(veil.isVisible());
        QVERIFY(picture.grab().toImage().pixelColor(60, 60).lightness() > 100);
        veil.setWord({});
        QVERIFY(!veil.isStale() && !veil.isVisible());
        QCOMPARE(picture.grab().toImage().pixelColor(60, 60), QColor(Qt::black));
    }

    void itFollowsTheSizeOfWhatItCoversUnlessItIsGivenAPart() {
        BlackPicture picture;
        picture.resize(120, 80);
        StaleVeil whole(&picture), part(&picture);
        part.setArea({10, 20, 30, 40});
        picture.show();
        picture.resize(200, 100);
        QCoreApplication::processEvents();
        QCOMPARE(whole.geometry(), QRect(0, 0, 200, 100));
        QCOMPARE(part.geometry(), QRect(10, 20, 30, 40));
        QVERIFY(whole.testAttribute(Qt::WA_TransparentForMouseEvents));
    }
};

THAW_TEST(StaleVeilTest);
#include "stale_veil_test.moc"

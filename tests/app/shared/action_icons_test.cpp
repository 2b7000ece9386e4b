// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/action_icons.h"
#include "tests/registry.h"

#include <QImage>
#include <QTest>

using namespace thaw;

class ActionIconsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void atSixteenPixelsTheProgramHasTheDrawingMadeForThatSize() {
        const auto image = [](const QIcon& icon, int side) {
            return icon.pixmap(QSize(side, side), 1.0).toImage().convertToFormat(QImage::Format_ARGB32);
        };
        const QIcon small(":/icons/thaw-16.svg"), large(":/icons/thaw.svg");
        QVERIFY(!image(small, 16).isNull());
        QCOMPARE(image(programIcon(), 16), image(small, 16));
        QVERIFY(image(programIcon(), 16) != image(large, 16));
        QCOMPARE(image(programIcon(), 64), image(large, 64));
    }

    void aLineIconTakesTheColourOfTheText() {
        const QImage red = actionIcon("open", Qt::red).pixmap(QSize(24, 24), 1.0).toImage();
        int inked = 0;
        for (int y = 0; y < red.height(); ++y)
            for (int x = 0; x < red.width(); ++x)
                if (red.pixelColor(x, y).alpha() > 200) {
                    QVERIFY(red.pixelColor(x, y).red() > 200 && red.pixelColor(x, y).blue() < 60);
                    ++inked;
                }
        QVERIFY(inked > 10);
        QVERIFY(actionIcon("no-such-icon", Qt::red).isNull());
    }
};

THAW_TEST(ActionIconsTest);
#include "action_icons_test.moc"

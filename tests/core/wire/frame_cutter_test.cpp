// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/frame_cutter.h"

#include "core/values/error.h"
#include "core/wire/byte_order.h"
#include "core/wire/frame.h"
#include "core/wire/greeting.h"
#include "tests/registry.h"

#include <QtTest/QTest>

using namespace thaw;
using wire::FrameKind;

class FrameCutterTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingIsPassedOnBeforeItIsWhole() {
        const std::string greeting = wire::greetingBytes({"thaw-cli", "0.1.0"}),
                          fact = wire::frameBytes(FrameKind::Fact, std::string(1000, 'x') + "yz");
        wire::FrameCutter cutter;
        std::string passed;
        const std::string all = greeting + fact + fact;
        for (std::size_t i = 0; i < all.size(); ++i) {
            cutter.feed(all.substr(i, 1));
            passed += cutter.takeWhole();
            const std::size_t whole = i + 1 < greeting.size()                 ? 0
                                      : i + 1 < greeting.size() + fact.size() ? greeting.size()
                                      : i + 1 < all.size()                    ? greeting.size() + fact.size()
                                                                              : all.size();
            QCOMPARE(passed.size(), whole);
            QCOMPARE(cutter.hasGreeted(), whole > 0);
        }
        QVERIFY(passed == all);
    }

    void severalAtOnceArePassedOnAtOnce() {
        const std::string greeting = wire::greetingBytes({"thaw-cli", "0.1.0"}),
                          beat = wire::frameBytes(FrameKind::Beat, {});
        wire::FrameCutter cutter;
        cutter.feed(greeting + beat + beat + beat.substr(0, 3));
        QVERIFY(cutter.takeWhole() == greeting + beat + beat);
        QVERIFY(cutter.takeWhole().empty());
        cutter.feed(beat.substr(3));
        QVERIFY(cutter.takeWhole() == beat);
    }

    void anImpossibleLengthIsRefused() {
        wire::FrameCutter cutter;
        std::string header(wire::kMarker);
        wire::putNumber(header, wire::kLargestMessage + 1, 4);
        cutter.feed(header + std::string(3, '\0'));
        QVERIFY_EXCEPTION_THROWN(cutter.takeWhole(), Error);
    }
};

THAW_TEST(FrameCutterTest);
#include "frame_cutter_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/heartbeat.h"
#include "tests/registry.h"

#include <QtTest/QTest>

using thaw::wire::Heartbeat;

class HeartbeatTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aBeatIsDueWhenNothingElseWasSent() {
        Heartbeat heartbeat(100);
        QVERIFY(!heartbeat.beatIsDue(109.5) && heartbeat.beatIsDue(110));
        heartbeat.sent(105);
        QVERIFY(!heartbeat.beatIsDue(114.5) && heartbeat.beatIsDue(115));
        heartbeat.heard(114);
        QVERIFY(heartbeat.beatIsDue(115));
    }

    void theOtherEndIsGoneWhenNothingCame() {
        Heartbeat heartbeat(100);
        QVERIFY(!heartbeat.isSilent(144.5) && heartbeat.isSilent(145));
        heartbeat.heard(130);
        QVERIFY(!heartbeat.isSilent(174.5) && heartbeat.isSilent(175));
        heartbeat.sent(170);
        QVERIFY(heartbeat.isSilent(175));
    }

    void severalBeatsFitIntoTheSilence() { QVERIFY(Heartbeat::kSilenceSeconds > 4 * Heartbeat::kBeatSeconds); }

    void aLoopSleepsUntilTheNearerOfTheTwo() {
        Heartbeat heartbeat(0);
        QCOMPARE(heartbeat.untilNext(4), 6.0);
        heartbeat.sent(40);
        QCOMPARE(heartbeat.untilNext(41), 4.0);
        QCOMPARE(heartbeat.untilNext(60), 0.0);
    }

    void timesNeverGoBack() {
        Heartbeat heartbeat(0);
        heartbeat.heard(30);
        heartbeat.heard(10);
        QVERIFY(!heartbeat.isSilent(74));
    }
};

THAW_TEST(HeartbeatTest);
#include "heartbeat_test.moc"

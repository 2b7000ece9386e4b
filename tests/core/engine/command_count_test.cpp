// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/command_count.h"
#include "tests/registry.h"

#include <QtTest/QTest>

using namespace thaw;

class CommandCountTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aCommandOfTheTableWaitsUntilItsTurn() {
        CommandCount count;
        QVERIFY(!count.isWaiting());
        count.announce(command::Pause{});
        QVERIFY(count.isWaiting());
        QCOMPARE(count.handled(), std::uint64_t(0));
        count.handle(command::Pause{});
        QVERIFY(!count.isWaiting());
        QCOMPARE(count.handled(), std::uint64_t(1));
    }

    void viewsInterruptNothingAndAreNotCounted() {
        CommandCount count;
        count.announce(command::RequestSamples{});
        count.announce(command::ForgetFigure{});
        count.announce(command::RenewRun{});
        QVERIFY(!count.isWaiting());
        count.handle(command::RequestSamples{});
        QCOMPARE(count.handled(), std::uint64_t(0));
    }

    void cancellingInterruptsAndIsNotCounted() {
        CommandCount count;
        count.announce(command::CancelWork{});
        QVERIFY(count.isWaiting());
        count.handle(command::CancelWork{});
        QVERIFY(!count.isWaiting());
        QCOMPARE(count.handled(), std::uint64_t(0));
    }

    void onlyWhatWasAskedForBeforeIsCancelled() {
        CommandCount count;
        count.announce(command::OpenModel{});
        count.announce(command::OpenData{});
        count.handle(command::OpenModel{});
        QVERIFY(!count.isCancelled());
        count.announce(command::CancelOpening{});
        QVERIFY(count.isCancelled());
        count.announce(command::OpenModel{});
        count.handle(command::OpenData{});
        QVERIFY(count.isCancelled());
        count.handle(command::OpenModel{});
        QVERIFY(!count.isCancelled());
    }

    void theEndInterrupts() {
        CommandCount count;
        count.announceEnd();
        QVERIFY(count.isWaiting());
    }
};

THAW_TEST(CommandCountTest);
#include "command_count_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/run_control.h"
#include "tests/registry.h"

#include <QtTest/QTest>

using namespace thaw;

class RunControlTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aReportOlderThanTheLastClickIsIgnored() {
        RunControl control;
        QVERIFY(control.request(Command::OpenModel));
        QVERIFY(control.adopt(RunState::Ready, 1));
        QVERIFY(control.request(Command::Start));
        QVERIFY(control.request(Command::Pause));
        QCOMPARE(control.state(), RunState::Pausing);
        QVERIFY(!control.adopt(RunState::Running, 2));
        QCOMPARE(control.state(), RunState::Pausing);
        QVERIFY(control.adopt(RunState::Paused, 3));
        QCOMPARE(control.state(), RunState::Paused);
    }

    void aForbiddenCommandChangesNothing() {
        RunControl control;
        QVERIFY(!control.request(Command::Start));
        QCOMPARE(control.state(), RunState::Empty);
        QVERIFY(control.adopt(RunState::Ready, 0));
    }

    // What came from elsewhere is not counted: the engine reports it with the commands of the window that it has seen.
    void aChangeFromElsewhereIsTakenUnlessAClickIsOnItsWay() {
        RunControl control;
        QVERIFY(control.request(Command::OpenModel));
        QVERIFY(!control.isSettled());
        QVERIFY(control.adopt(RunState::Running, 1));
        QVERIFY(control.isSettled());
        QVERIFY(control.adopt(RunState::Paused, 1));
        QCOMPARE(control.state(), RunState::Paused);
        QVERIFY(control.request(Command::Resume));
        QVERIFY(!control.isSettled() && !control.adopt(RunState::Paused, 1));
        QCOMPARE(control.state(), RunState::Running);
        // It was stopped from elsewhere before the click arrived: the engine's word on the click says so.
        QVERIFY(control.adopt(RunState::Finished, 2));
        QVERIFY(control.isSettled());
        QCOMPARE(control.state(), RunState::Finished);
    }
};

THAW_TEST(RunControlTest);
#include "run_control_test.moc"

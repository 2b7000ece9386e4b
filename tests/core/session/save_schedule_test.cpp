// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/save_schedule.h"

#include "tests/registry.h"

#include <QtTest/QTest>

using namespace thaw;
using Save = SaveSchedule::Save;

class SaveScheduleTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aNewRunIsSavedAfterItsFirstStepWhateverTheTime() {
        for (const double everyKimg : {0.0, 5.0}) {
            const auto saves = SaveSchedule::ofNewRun(everyKimg);
            QVERIFY(saves.due(0, 1e6) == Save::None);
            QVERIFY(saves.due(0.064, 0) == Save::Safeguard);
        }
    }

    void thenByTimeWhereThereIsSomethingNew() {
        auto saves = SaveSchedule::ofNewRun(5);
        saves.saved(Save::Safeguard, 0.064, 10, 0.1);
        QVERIFY(saves.due(0.128, 129.9) == Save::None);
        QVERIFY(saves.due(0.128, 130) == Save::Safeguard);
        QVERIFY(saves.due(0.064, 1e6) == Save::None);
    }

    void aSaveThatTakesLongIsMadeSeldomer() {
        auto saves = SaveSchedule::ofNewRun(5);
        saves.saved(Save::Safeguard, 0.064, 10, 12);  // 5 % of 240 s
        QVERIFY(saves.due(0.128, 249) == Save::None);
        QVERIFY(saves.due(0.128, 250.1) == Save::Safeguard);
    }

    void snapshotsComeByKimgWhateverWasSavedInBetween() {
        auto saves = SaveSchedule::ofNewRun(5);
        saves.saved(Save::Safeguard, 4.9, 10, 0.1);
        QVERIFY(saves.due(4.99, 11) == Save::None);
        QVERIFY(saves.due(5, 11) == Save::Snapshot);
        saves.saved(Save::Snapshot, 5.05, 11, 0.1);
        QVERIFY(saves.due(10.04, 12) == Save::None);
        QVERIFY(saves.due(10.05, 12) == Save::Snapshot);
        QVERIFY(saves.due(10.04, 131) == Save::Safeguard);
    }

    void aRunThatGoesOnIsSavedAlready() {
        const auto saves = SaveSchedule::ofResumedRun(5, 3, 100);
        QVERIFY(saves.due(3.064, 219) == Save::None);
        QVERIFY(saves.due(3.064, 220) == Save::Safeguard);
        QVERIFY(saves.due(7.99, 101) == Save::None);
        QVERIFY(saves.due(8, 101) == Save::Snapshot);
    }
};

THAW_TEST(SaveScheduleTest);
#include "save_schedule_test.moc"

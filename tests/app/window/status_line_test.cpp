// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/status_line.h"
#include "tests/registry.h"

#include <QLabel>
#include <QTest>

using namespace thaw;

class StatusLineTest : public QObject {
    Q_OBJECT
    static QString memoryText(const StatusLine& line) {
        for (const QLabel* label : line.findChildren<QLabel*>())
            if (label->accessibleName() == "Memory") return label->text().replace(QChar::Nbsp, QLatin1Char(' '));
        return {};
    }

private Q_SLOTS:
    void memoryIsThatOfTheProgram() {
        StatusLine line;
        line.setMemory(512);
        QCOMPARE(memoryText(line), QString("512 MiB"));
        line.setMemory(1.5 * 1024);
        QCOMPARE(memoryText(line), QString("1.5 GiB"));
    }

    void onAGpuItsMemoryStandsBeside() {
        StatusLine line;
        line.setDeviceMemory(DeviceMemory{3.125 * 1024, 139 * 1024});
        line.setMemory(512);
        QCOMPARE(memoryText(line), QString("512 MiB · GPU 3.13 / 139 GiB"));
        line.setDeviceMemory(std::nullopt);
        QCOMPARE(memoryText(line), QString("512 MiB"));
    }

    void aStoppedRunIsNotFinished() {
        StatusLine line;
        line.setState(RunState::Finished);
        line.setOutcome(RunOutcome::Finished);
        QVERIFY2(line.runText().startsWith("Finished"), qPrintable(line.runText()));
        line.setOutcome(RunOutcome::Stopped);
        QVERIFY2(line.runText().startsWith("Stopped and saved"), qPrintable(line.runText()));
        line.setState(RunState::Running);
        QVERIFY2(line.runText().startsWith("Running"), qPrintable(line.runText()));
    }

    void theStateIsSaidInWords() {
        StatusLine line;
        for (const RunState state : kRunStates) {
            line.setState(state);
            QVERIFY(line.runText().startsWith(stateText(state)) && !stateText(state).isEmpty());
        }
    }
};

THAW_TEST(StatusLineTest);
#include "status_line_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/run_state.h"
#include "tests/registry.h"

#include <QTest>

using namespace thaw;

namespace {

constexpr const char* kStateNames[] = {"Empty",  "Loading",  "Ready",    "Starting", "Running",  "Pausing",
                                       "Paused", "Stopping", "Finished", "Failed",   "Diverged", "Disconnected"};
constexpr const char* kCommandNames[] = {"OpenModel", "OpenData", "Start",     "Pause",      "Resume",
                                         "Stop",      "Step",     "SetFreeze", "MeasureFid", "SaveSnapshot"};

QString name(std::optional<RunState> state) { return state ? kStateNames[std::size_t(*state)] : "-"; }

/// What a user would expect, said once more and per state rather than per cell.
QString expectedAfter(const QString& state, const QString& command) {
    const bool open = QStringList{"Starting", "Running", "Pausing", "Paused", "Stopping"}.contains(state);
    if (state == "Disconnected") return "-";
    if (command.startsWith("Open")) return open ? "-" : "Loading";
    if (command == "Start")
        return QStringList{"Ready", "Finished", "Failed", "Diverged"}.contains(state) ? "Starting" : "-";
    if (command == "Pause") return state == "Starting" || state == "Running" ? "Pausing" : "-";
    if (command == "Resume") return state == "Pausing" || state == "Paused" ? "Running" : "-";
    if (command == "Stop") return open && state != "Stopping" ? "Stopping" : "-";
    if (command == "Step") return state == "Paused" ? "Paused" : "-";
    if (command == "SetFreeze") return state == "Loading" || state == "Stopping" ? "-" : state;
    return state == "Running" || state == "Paused" ? state : "-";
}

}  // namespace

class RunStateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyPairOfStateAndCommandIsAsExpected() {
        for (const RunState state : kRunStates)
            for (const Command command : kCommands) {
                const QString stateName = kStateNames[std::size_t(state)];
                const QString commandName = kCommandNames[std::size_t(command)];
                const QString expected = expectedAfter(stateName, commandName);
                QVERIFY2(name(after(state, command)) == expected,
                         qPrintable(stateName + " + " + commandName + " gives " + name(after(state, command)) +
                                    ", expected " + expected));
                QCOMPARE(isAllowed(state, command), expected != "-");
            }
    }

    void factsOnlyHappenWhereWorkIsGoingOn() {
        for (const RunState state : kRunStates) {
            int possible = 0;
            for (const Fact fact : kFacts) possible += after(state, fact).has_value();
            QCOMPARE(possible > 0, state == RunState::Loading || runIsOpen(state));
        }
    }

    void everyRunEndsInFinishedFailedOrDiverged() {
        for (const RunState state : kRunStates)
            for (const Fact fact : {Fact::RunCompleted, Fact::RunSaved, Fact::RunFailed, Fact::RunDiverged})
                if (const auto next = after(state, fact)) {
                    QVERIFY(runIsOpen(state));
                    QVERIFY(!runIsOpen(*next));
                    QVERIFY(isAllowed(*next, Command::Start));
                }
    }

    void everyStateHasAWordOfItsOwn() {
        QCOMPARE(EnumWords<RunState>::all.size(), kRunStates.size());
        for (const RunState state : kRunStates) {
            QCOMPARE(QString(wordFor(state)), QString(kStateNames[std::size_t(state)]).toLower());
            QCOMPARE(valueOfWord<RunState>(wordFor(state)), std::optional(state));
        }
    }

    void everyOpenRunCanBeStoppedOrIsStopping() {
        for (const RunState state : kRunStates)
            if (runIsOpen(state)) QVERIFY(state == RunState::Stopping || isAllowed(state, Command::Stop));
    }
};

THAW_TEST(RunStateTest);
#include "run_state_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/engine_command.h"
#include "tests/registry.h"

#include <QtTest/QTest>

#include <set>

using namespace thaw;

namespace {
template <std::size_t... I>
std::vector<EngineCommand> oneOfEachCommand(std::index_sequence<I...>) {
    return {EngineCommand(std::in_place_index<I>)...};
}
}  // namespace

class EngineCommandTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyCommandOfTheTableCanBeAskedFor() {
        std::set<Command> asked;
        std::size_t inTable = 0;
        const auto all = oneOfEachCommand(std::make_index_sequence<std::variant_size_v<EngineCommand>>{});
        for (const auto& command : all)
            if (const auto table = tableCommand(command)) {
                asked.insert(*table);
                ++inTable;
            }
        QCOMPARE(asked.size(), kCommands.size());
        QCOMPARE(inTable, kCommands.size() + 2);  // a run is begun in two ways, and rates change where plans do
    }

    void eachHasItsPlaceInTheTable() {
        QVERIFY(tableCommand(command::ContinueRun{}) == Command::Start);
        QVERIFY(tableCommand(command::Stop{}) == Command::Stop);
        QVERIFY(tableCommand(command::SetRates{}) == Command::SetFreeze);
        QVERIFY(!tableCommand(command::CancelWork{}) && !tableCommand(command::RequestSamples{}));
    }
};

THAW_TEST(EngineCommandTest);
#include "engine_command_test.moc"

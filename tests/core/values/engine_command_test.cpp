// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/engine_command.h"

#include "core/values/engine_command_check.h"
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

    void numbersThatNoWindowSendsAreFound() {
        command::RequestSamples samples;
        samples.request.seeds = {1};
        for (const int steps : {kGeneratorSteps, kTrainedSteps, 1, 1000}) {
            samples.request.steps = steps;
            QVERIFY(problemsOf(samples).empty());
        }
        for (const int steps : {kGeneratorSteps - 1, 1001}) {
            samples.request.steps = steps;
            QCOMPARE(problemsOf(samples).size(), std::size_t(1));
            QCOMPARE(problemsOf(samples).front().field, std::string("steps"));
        }
        ImagesJob job;
        job.request.images = samples.request;
        QCOMPARE(problemsOf(command::RequestMeasurement{job, 1, 0}).size(), std::size_t(1));
        QVERIFY(problemsOf(command::RequestMeasurement{SpectrumJob{"output"}, 1, 0}).empty());
        QVERIFY(problemsOf(command::RequestTrajectory{}).empty());
        command::RequestTrajectory backwards;
        backwards.request.steps = -1;
        QVERIFY(!problemsOf(backwards).empty());
        for (const int images : {0, -1}) {
            QVERIFY(!problemsOf(command::MeasureFid{images}).empty());
            QVERIFY(!problemsOf(command::RequestOriginalFid{images}).empty());
        }
        QVERIFY(problemsOf(command::MeasureFid{1}).empty() && problemsOf(command::Pause{}).empty());
    }
};

THAW_TEST(EngineCommandTest);
#include "engine_command_test.moc"

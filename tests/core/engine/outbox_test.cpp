// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/outbox.h"
#include "tests/registry.h"

#include <QtTest/QTest>

using namespace thaw;

namespace {

fact::StepsDone stepsFrom(std::int64_t first, int count) {
    fact::StepsDone done;
    for (int i = 0; i < count; ++i) done.steps.emplace_back().step = first + i;
    return done;
}

fact::SamplesReady columnOf(std::uint64_t generation, int images) {
    fact::SamplesReady ready{generation, {}};
    ready.column.images.resize(std::size_t(images));
    return ready;
}

}  // namespace

class OutboxTest : public QObject {
    Q_OBJECT
    template <class Kind>
    static Kind taken(Outbox& outbox) {
        const auto fact = outbox.next();
        return fact && std::holds_alternative<Kind>(*fact) ? std::get<Kind>(*fact)
                                                           : throw std::runtime_error("another kind of fact");
    }

private Q_SLOTS:
    void whatIsKeptKeepsItsOrder() {
        Outbox outbox;
        QVERIFY(outbox.empty() && !outbox.next());
        outbox.put(fact::OpeningBegan{"a"});
        outbox.put(fact::OpeningBegan{"b"});
        outbox.put(fact::ModelOpened{});
        QCOMPARE(outbox.size(), std::size_t(3));
        QCOMPARE(taken<fact::OpeningBegan>(outbox).path, std::string("a"));
        QCOMPARE(taken<fact::OpeningBegan>(outbox).path, std::string("b"));
        taken<fact::ModelOpened>(outbox);
        QVERIFY(outbox.empty());
    }

    void theNewestStateTakesThePlaceOfTheNewest() {
        Outbox outbox;
        outbox.put(fact::StateChanged{RunState::Loading, 1});
        outbox.put(fact::ModelOpened{});
        outbox.put(fact::StateChanged{RunState::Ready, 2});
        QCOMPARE(outbox.size(), std::size_t(2));
        taken<fact::ModelOpened>(outbox);
        const auto state = taken<fact::StateChanged>(outbox);
        QVERIFY(state.state == RunState::Ready && state.handled == 2);
    }

    void aColumnIsReplacedByThatOfItsGenerationAlone() {
        Outbox outbox;
        outbox.put(columnOf(7, 1));
        outbox.put(columnOf(8, 1));
        outbox.put(columnOf(7, 4));
        outbox.put(fact::GivenUp{{7}});
        QCOMPARE(outbox.size(), std::size_t(3));
        QCOMPARE(taken<fact::SamplesReady>(outbox).generation, std::uint64_t(8));
        QCOMPARE(taken<fact::SamplesReady>(outbox).column.images.size(), std::size_t(4));
        QCOMPARE(taken<fact::GivenUp>(outbox).generations, std::vector<std::uint64_t>({7}));
    }

    void whatIsGivenUpIsJoinedInOrder() {
        Outbox outbox;
        outbox.put(fact::GivenUp{{3, 1}});
        outbox.put(fact::Failed{});
        outbox.put(fact::GivenUp{{2}});
        taken<fact::Failed>(outbox);
        QCOMPARE(taken<fact::GivenUp>(outbox).generations, std::vector<std::uint64_t>({3, 1, 2}));
    }

    void stepsAreJoinedInOrderButNotFromRunToRun() {
        Outbox outbox;
        outbox.put(stepsFrom(1, 2));
        outbox.put(fact::FidBegun{});
        outbox.put(stepsFrom(3, 1));
        outbox.put(fact::RunEnded{});
        outbox.put(fact::RunStarted{});
        outbox.put(stepsFrom(1, 1));
        taken<fact::FidBegun>(outbox);
        const auto first = taken<fact::StepsDone>(outbox).steps;
        QCOMPARE(first.size(), std::size_t(3));
        for (std::size_t i = 0; i < 3; ++i) QCOMPARE(first[i].step, std::int64_t(i + 1));
        taken<fact::RunEnded>(outbox);
        taken<fact::RunStarted>(outbox);
        QCOMPARE(taken<fact::StepsDone>(outbox).steps.size(), std::size_t(1));
    }

    // A line that takes nothing for a night costs no more than one that does for a minute.
    void whatNobodyTakesIsBounded() {
        Outbox outbox;
        for (int i = 0; i < 10'000; ++i) {
            outbox.put(stepsFrom(1 + 2 * i, 2));
            outbox.put(fact::StateChanged{RunState::Running, 3});
            outbox.put(fact::WorkChanged{{ComputeWork::Kind::Samples, i / 10'000.0, 0}});
            outbox.put(columnOf(5, 4));
        }
        QCOMPARE(outbox.size(), std::size_t(4));
        const auto steps = taken<fact::StepsDone>(outbox).steps;
        QVERIFY(steps.size() >= Outbox::kMostSteps && steps.size() <= 2 * Outbox::kMostSteps);
        for (std::size_t i = 0; i < steps.size(); ++i)
            QCOMPARE(steps[i].step, std::int64_t(20'000 - steps.size() + i + 1));
    }
};

THAW_TEST(OutboxTest);
#include "outbox_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// The engine without a thread: every piece is taken by hand, so that nothing here waits for anything.
#include "core/engine/engine_core.h"

#include "core/formats/running_mark.h"
#include "core/formats/steering_files.h"
#include "tests/registry.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <memory>
#include <vector>

using namespace thaw;

namespace {

FinetuneConfig shortRun(double kimg) {
    FinetuneConfig config;
    config.batch = 8;
    config.kimg = kimg;
    config.fidEveryKimg = 0;
    config.fidImages = 200;
    config.snapshotEveryKimg = 0;
    return config;
}

SampleRequest seedsOf(SampleSource source, int count) {
    SampleRequest request;
    request.source = source;
    request.steps = 4;
    for (int i = 0; i < count; ++i) request.seeds.push_back(std::uint64_t(i));
    return request;
}

}  // namespace

class EngineCoreTest : public QObject {
    Q_OBJECT
    static constexpr int kMostPieces = 20'000;

    std::unique_ptr<QTemporaryDir> runs_;
    std::unique_ptr<EngineCore> core_;
    std::vector<EngineFact> told_;
    std::function<void()> listen_;

    void ask(const EngineCommand& command) {
        core_->announce(command);
        core_->obey(command);
    }
    // As long as there is work and `goesOn`.
    void advanceWhile(const std::function<bool()>& goesOn) {
        for (int i = 0; i < kMostPieces && core_->hasWork() && goesOn(); ++i) core_->advance();
    }
    void advanceToTheEnd() {
        advanceWhile([] { return true; });
        QVERIFY(!core_->hasWork());
    }
    template <class Kind>
    std::vector<Kind> all() const {
        std::vector<Kind> found;
        for (const auto& told : told_)
            if (const auto* kind = std::get_if<Kind>(&told)) found.push_back(*kind);
        return found;
    }
    template <class Kind>
    std::size_t count() const {
        return all<Kind>().size();
    }
    std::vector<StepMetrics> steps() const {
        std::vector<StepMetrics> done;
        for (const auto& told : all<fact::StepsDone>()) done.insert(done.end(), told.steps.begin(), told.steps.end());
        return done;
    }
    fact::StateChanged lastWord() const { return all<fact::StateChanged>().back(); }
    void start(double kimg) { ask(command::Start{shortRun(kimg), runs_->path().toStdString()}); }
    std::string run() const { return all<fact::RunStarted>().back().folder; }

private Q_SLOTS:
    void init() {
        runs_ = std::make_unique<QTemporaryDir>();
        told_.clear();
        listen_ = {};
        core_ = std::make_unique<EngineCore>(
            ComputeOptions{}, [this](EngineFact&& told) { told_.push_back(std::move(told)); },
            [this] {
                if (listen_) listen_();
            });
        ask(command::OpenModel{"builtin", {}, false});
        ask(command::OpenData{"builtin"});
        advanceToTheEnd();
        QCOMPARE(core_->state(), RunState::Ready);
    }
    void cleanup() { core_.reset(); }

    void whatIsOpenIsToldInOrder() {
        std::vector<std::size_t> kinds;
        for (const auto& told : told_)
            if (told.index() != EngineFact(fact::OpeningProgressed{}).index()) kinds.push_back(told.index());
        const auto of = [](const EngineFact& fact) { return fact.index(); };
        const std::vector<std::size_t> expected{
            of(fact::StateChanged{}),   of(fact::OpeningBegan{}), of(fact::DeviceKnown{}),
            of(fact::ModelCardReady{}), of(fact::ModelOpened{}),  of(fact::StateChanged{}),
            of(fact::StateChanged{}),   of(fact::OpeningBegan{}), of(fact::DataOpened{}),
            of(fact::ResponsesKnown{}), of(fact::StateChanged{}), of(fact::ModelChecksumReady{})};
        QCOMPARE(kinds, expected);
        QCOMPARE(lastWord().handled, std::uint64_t(2));
    }

    void aShortRunTellsEveryStepOnceAndEnds() {
        start(0.08);
        QVERIFY(core_->hasWork());
        advanceToTheEnd();
        QCOMPARE(core_->state(), RunState::Finished);
        QCOMPARE(count<fact::RunEnded>(), std::size_t(1));
        QCOMPARE(all<fact::RunEnded>().back().outcome, RunOutcome::Finished);
        const auto done = steps();
        QCOMPARE(done.size(), std::size_t(10));
        for (std::size_t i = 0; i < done.size(); ++i) QCOMPARE(done[i].step, std::int64_t(i + 1));
        QCOMPARE(count<fact::Failed>(), std::size_t(0));
        // The end is the last word, after everything that the steps had to tell.
        QVERIFY(std::holds_alternative<fact::StateChanged>(told_.back()));
    }

    void aForbiddenCommandIsCountedAndChangesNothing() {
        told_.clear();
        ask(command::Pause{});
        QCOMPARE(told_.size(), std::size_t(1));
        QCOMPARE(lastWord().state, RunState::Ready);
        QCOMPARE(lastWord().handled, std::uint64_t(3));
        ask(command::RequestSamples{seedsOf(SampleSource::OriginalOneStep, 2), 1, 0});
        ask(command::SaveSnapshot{});
        QCOMPARE(lastWord().handled, std::uint64_t(4));  // views are not counted
    }

    void aPausedRunRestsAndTakesTheStepsThatAreAskedFor() {
        start(1000);
        advanceWhile([this] { return steps().size() < 2; });
        ask(command::Pause{});
        QCOMPARE(core_->state(), RunState::Paused);
        advanceToTheEnd();
        const auto before = steps().size();
        ask(command::Step{});
        QVERIFY(core_->hasWork());
        advanceToTheEnd();
        QCOMPARE(steps().size(), before + 1);
        ask(command::Step{StepPart::Generator});
        ask(command::Step{StepPart::Discriminator});
        advanceToTheEnd();
        const auto done = steps();
        QCOMPARE(done.size(), before + 3);
        QCOMPARE(done[before + 1].part, StepPart::Generator);
        QCOMPARE(done[before + 2].part, StepPart::Discriminator);
        QCOMPARE(core_->state(), RunState::Paused);
    }

    void aCommandThatWaitsStopsAColumnWhichIsTakenUpAgain() {
        ask(command::RequestSamples{seedsOf(SampleSource::OriginalMultiStep, 6), 7, 0});
        core_->announce(command::Pause{});
        core_->advance();
        QCOMPARE(count<fact::SamplesReady>(), std::size_t(0));
        QVERIFY(core_->hasWork());
        core_->obey(command::Pause{});
        advanceToTheEnd();
        const auto columns = all<fact::SamplesReady>();
        QVERIFY(!columns.empty());
        QCOMPARE(columns.back().generation, std::uint64_t(7));
        QCOMPARE(columns.back().column.images.size(), std::size_t(6));
    }

    // Who drives the engine hears of a command within a piece.
    void aCommandThatArrivesWithinAPieceStopsIt() {
        int asked = 0;
        listen_ = [&] {
            if (++asked == 2) core_->announce(command::CancelWork{});
        };
        ask(command::RequestSamples{seedsOf(SampleSource::OriginalMultiStep, 64), 3, 0});
        advanceWhile([&] { return asked < 2; });
        const auto before = count<fact::SamplesReady>();
        core_->advance();  // stops at its first question
        QCOMPARE(count<fact::SamplesReady>(), before);
        QVERIFY(before < 16);
        core_->obey(command::CancelWork{});
        QCOMPARE(all<fact::GivenUp>().back().generations, std::vector<std::uint64_t>({3}));
        advanceToTheEnd();
        QCOMPARE(count<fact::SamplesReady>(), before);
        QVERIFY(all<fact::WorkChanged>().back().work == ComputeWork());
    }

    void whatIsCancelledBeforeItsTurnIsNotOpened() {
        const auto models = count<fact::ModelOpened>();
        const command::OpenModel first{"builtin", {}, false}, second{"builtin", {}, true};
        core_->announce(first);
        core_->announce(command::CancelOpening{});
        core_->announce(second);
        core_->obey(first);
        QCOMPARE(all<fact::OpeningCancelled>().size(), std::size_t(1));
        QCOMPARE(count<fact::ModelOpened>(), models);
        QCOMPARE(core_->state(), RunState::Ready);
        core_->obey(command::CancelOpening{});
        core_->obey(second);  // was asked for after it
        QCOMPARE(count<fact::ModelOpened>(), models + 1);
        QCOMPARE(count<fact::OpeningCancelled>(), std::size_t(1));
    }

    void whatGoesWrongIsAFact() {
        ask(command::OpenModel{"/nowhere/model.safetensors", {}, false});
        QCOMPARE(count<fact::Failed>(), std::size_t(1));
        const Failure failure = all<fact::Failed>().back().failure;
        QCOMPARE(failure.task, Task::OpenModel);
        QVERIFY(failure.code == ErrorCode::FileMissing);
        QVERIFY(failure.message.find("/nowhere/model.safetensors") != std::string::npos);
        QCOMPARE(core_->state(), RunState::Ready);
    }

    void viewsGoOnBesideARun() {
        start(1000);
        advanceWhile([this] { return steps().empty(); });
        ask(command::RequestSamples{seedsOf(SampleSource::TunedOneStep, 4), 9, 0});
        const auto before = steps().size();
        advanceWhile([&] { return count<fact::SamplesReady>() == 0 || steps().size() < before + 3; });
        QCOMPARE(all<fact::SamplesReady>().back().column.images.size(), std::size_t(4));
        QCOMPARE(core_->state(), RunState::Running);
        ask(command::Stop{});
        QCOMPARE(core_->state(), RunState::Finished);
        QCOMPARE(all<fact::RunEnded>().back().outcome, RunOutcome::Stopped);
        QVERIFY(!wasInterrupted(run()));
    }

    // Counted are the window's commands alone, so that its buttons follow what a file asked for.
    void aRequestInTheRunsFolderIsCarriedOutAndNotCounted() {
        start(1000);
        QVERIFY(core_->isSteered());
        SteeringRequest request;
        request.verb = SteeringVerb::Pause;
        putRequest(run(), request);
        core_->advance();
        QCOMPARE(core_->state(), RunState::Paused);
        QCOMPARE(lastWord().handled, std::uint64_t(3));
        const auto status = readStatus(run());
        QVERIFY(status && status->answered.size() == 1 && status->answered.front().ok);
        QVERIFY(status->state == RunState::Paused);
        ask(command::Stop{});
        QVERIFY(!core_->isSteered());
    }

    void aRunThatIsLeftIsSuspended() {
        start(1000);
        advanceWhile([this] { return steps().empty(); });
        const std::string folder = run();
        core_.reset();
        QVERIFY(wasInterrupted(folder));
    }
};

THAW_TEST(EngineCoreTest);
#include "engine_core_test.moc"

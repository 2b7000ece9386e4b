// SPDX-License-Identifier: GPL-3.0-or-later
// A step that is interrupted between its pieces is the same, bit for bit, as one that is not.
#include "core/train/step_pieces.h"
#include "core/diffusion/seed_sampling.h"
#include "core/train/finetuner.h"
#include "core/train/student.h"
#include "core/train/training_state.h"
#include "core/values/error.h"
#include "tests/core/faults.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <functional>
#include <stdexcept>

using namespace thaw;

namespace {

StepPieces counting(std::vector<int>& done, int last, bool faulty = false) {
    for (int i = 0; i < last; ++i) {
        done.push_back(i);
        co_yield kPieceDone;
    }
    if (faulty) throw std::runtime_error("broken");
}

StepPieces nested(std::vector<int>& done) {
    for (auto inner = counting(done, 2); inner.advance();) co_yield kPieceDone;
    done.push_back(9);
}

FinetuneConfig cutRun(const char* objective) {
    auto config = toy::finetuning();
    config.batch = 16;
    config.microBatch = 8;
    config.dropout = 0.1;
    config.distill.timesteps = 16;
    config.distill.pairs = 16;
    config.distill.teacherSteps = 2;
    config.distill.targetDecay = 0.9;
    setObjective(config, objective);
    return config;
}

struct Trained {
    std::vector<StepMetrics> steps;
    std::vector<std::pair<std::string, torch::Tensor>> state;  // everything that a snapshot keeps
};

// Three steps, the second with R1; `between` is called after every piece but a step's last.
Trained train(const FinetuneConfig& config, const std::function<void(Finetuner&)>& between) {
    const auto data = toy::data();
    Finetuner trainer(config, toy::denoiser(), data, toy::cpu());
    Trained trained;
    while (trained.steps.size() < 3) {
        if (trainer.advance()) trained.steps.push_back(trainer.takeMetrics().at(0));
        else if (between) between(trainer);
    }
    QTemporaryDir folder;
    trainer.save(folder.path().toStdString());
    trained.state = readTrainingState(folder.path().toStdString()).tensors;
    return trained;
}

// What the window does between two pieces, and more: samples, copies, random numbers of no seed, gradients switched off.
void disturb(Finetuner& trainer) {
    const torch::NoGradGuard guard;
    torch::manual_seed(7);
    sampleSeeds(trainer.ema(), {1, 2}, studentSampler(trainer.config()), toy::cpu());
    cloneDenoiser(trainer.ema(), trainer.ema()->kind());
    torch::randn({16});
}

}  // namespace

class StepPiecesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    void workRestsAtEveryPieceAndEndsOnce() {
        std::vector<int> done;
        auto work = counting(done, 2);
        QVERIFY(done.empty() && work.isOpen());
        QVERIFY(work.advance());
        QCOMPARE(done, std::vector<int>({0}));
        QVERIFY(work.advance());
        QVERIFY(!work.advance());
        QVERIFY(!work.isOpen() && !work.advance());
        QCOMPARE(done, std::vector<int>({0, 1}));
        QVERIFY(!StepPieces().isOpen());
    }

    void workInsideWorkRestsTooAndWhatFollowsComesLast() {
        std::vector<int> done;
        auto work = nested(done);
        QVERIFY(work.advance() && work.advance());
        QCOMPARE(done, std::vector<int>({0, 1}));
        QVERIFY(!work.advance());
        QCOMPARE(done, std::vector<int>({0, 1, 9}));
    }

    void aFaultLeavesNothingToDo() {
        std::vector<int> done;
        auto work = counting(done, 1, true);
        QVERIFY(work.advance());
        QVERIFY_EXCEPTION_THROWN(work.advance(), std::runtime_error);
        QVERIFY(!work.isOpen());
    }

    void anInterruptedStepIsBitIdenticalToOneThatIsNot_data() {
        QTest::addColumn<QString>("objective");
        for (const char* objective : {"gan", "ctm,gan", "pd", "regression,gan"}) QTest::newRow(objective) << objective;
    }
    void anInterruptedStepIsBitIdenticalToOneThatIsNot() {
        QFETCH(QString, objective);
        const auto config = cutRun(objective.toUtf8().constData());
        const auto whole = train(config, {}), cut = train(config, disturb);
        QCOMPARE(cut.state.size(), whole.state.size());
        for (std::size_t i = 0; i < whole.state.size(); ++i) {
            QCOMPARE(cut.state[i].first, whole.state[i].first);
            QVERIFY2(torch::equal(cut.state[i].second, whole.state[i].second), whole.state[i].first.c_str());
        }
        for (std::size_t s = 0; s < 3; ++s) {
            QVERIFY(cut.steps[s].calls == whole.steps[s].calls);
            for (const auto& field : kStepFields)
                QVERIFY2(cut.steps[s].*field.value == whole.steps[s].*field.value, field.key);
        }
    }

    // Of each of two micro-batches: three pieces of G (forward, through D, backward), two of D (what G makes, D), one of R1.
    // The update of a player is a piece with the beginning of nothing else.
    void aStepIsCutAtEveryMicroBatchOfEveryPlayer() {
        const auto data = toy::data();
        Finetuner trainer(cutRun("gan"), toy::denoiser(), data, toy::cpu());
        const auto piecesOf = [&](StepPart part) {
            int pieces = 1;
            while (!trainer.advance(part)) ++pieces;
            return pieces;
        };
        QCOMPARE(piecesOf(StepPart::Both), 3 * 2 + 1 + 2 * 2 + 1);
        QCOMPARE(piecesOf(StepPart::Both), 3 * 2 + 1 + 2 * 2 + 1 + 2 + 1);  // with R1
        QCOMPARE(piecesOf(StepPart::Generator), 3 * 2 + 1);
        QCOMPARE(piecesOf(StepPart::Discriminator), 2 * 2 + 1 + 2 + 1);
        QCOMPARE(trainer.steps(), std::int64_t(4));
    }

    void betweenPiecesTheEmaIsThatOfTheLastWholeStep() {
        const auto data = toy::data();
        Finetuner trainer(cutRun("gan"), toy::denoiser(), data, toy::cpu());
        trainer.step();
        const auto before = toy::weights(trainer.ema());
        const auto player = toy::weights(trainer.generator());
        bool moved = false;
        while (!trainer.advance()) {
            QCOMPARE(trainer.images(), std::int64_t(16));
            for (const auto& [name, tensor] : toy::weights(trainer.ema()))
                QVERIFY2(torch::equal(tensor, before.at(name)), name.c_str());
            for (const auto& [name, tensor] : toy::weights(trainer.generator()))
                moved |= !torch::equal(tensor, player.at(name));
        }
        QVERIFY(moved);  // the step was cut behind G's update too
        QCOMPARE(trainer.images(), std::int64_t(32));
    }

    void insideAStepNothingIsSavedOrFrozen() {
        const auto data = toy::data();
        Finetuner trainer(cutRun("gan"), toy::denoiser(), data, toy::cpu());
        QTemporaryDir folder;
        QVERIFY(!trainer.advance() && trainer.inStep());
        QVERIFY(faultOf([&] { trainer.save(folder.path().toStdString()); }).contains("in progress"));
        QVERIFY(faultOf([&] { trainer.setFreeze(parseFreezePlan("enc")); }).contains("in progress"));
        trainer.step();
        QVERIFY(!trainer.inStep());
        trainer.setFreeze(parseFreezePlan("enc"));
        trainer.save(folder.path().toStdString());
        QCOMPARE(trainer.steps(), std::int64_t(1));
    }
};

THAW_TEST(StepPiecesTest);
#include "step_pieces_test.moc"

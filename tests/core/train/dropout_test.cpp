// SPDX-License-Identifier: GPL-3.0-or-later
// Dropout belongs to the run: off unless it asks for it, and drawn from its own generators.
#include "core/diffusion/noise.h"
#include "core/gan/gan_loss.h"
#include "core/train/finetuner.h"
#include "core/train/pretrainer.h"
#include "core/train/student.h"
#include "core/train/training_state.h"
#include "tests/core/conditional_toy.h"
#include "tests/registry.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <numeric>

using namespace thaw;

namespace {

std::shared_ptr<const ImageGenerators> generators(const std::vector<std::uint64_t>& seeds) {
    auto all = std::make_shared<ImageGenerators>();
    for (const auto seed : seeds) all->push_back(seededGenerator(seed));
    return all;
}

// The toy network as a checkpoint whose configuration says so, with the same weights every time.
Denoiser droppingDenoiser(double rate, double labelRate) {
    auto network = toy::network();
    network.labelDim = 3;
    network.dropout = rate;
    network.labelDropout = labelRate;
    Denoiser d(network, Preconditioning::Edm);
    d->model->initialise(1);
    return d;
}

Dataset labelledData() {
    auto data = toy::data();
    data.labels = torch::arange(data.count()).remainder(3);
    return data;
}

FinetuneConfig droppingRun(const char* objective, double rate, double labelRate) {
    FinetuneConfig config;
    config.batch = 8;
    config.r1.interval = 2;
    config.dropout = rate;
    config.labelDropout = labelRate;
    config.distill.timesteps = 16;
    config.distill.pairs = 16;
    config.distill.teacherSteps = 2;
    setObjective(config, objective);
    return config;
}

std::vector<torch::Tensor> afterThreeSteps(const FinetuneConfig& config, const Denoiser& original) {
    static const Dataset data = labelledData();
    Finetuner trainer(config, original, data, toy::cpu());
    for (int i = 0; i < 3; ++i) trainer.step();
    auto all = trainer.generator()->parameters();
    for (const auto& p : trainer.ema()->parameters()) all.push_back(p);
    return all;
}

bool identical(const std::vector<torch::Tensor>& a, const std::vector<torch::Tensor>& b) {
    bool same = a.size() == b.size();
    for (std::size_t i = 0; same && i < a.size(); ++i) same = torch::equal(a[i], b[i]);
    return same;
}

}  // namespace

class DropoutTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    void dropoutIsInvertedAndComesFromItsGenerator() {
        const auto x = torch::ones({1, 4, 100, 100});
        ForwardMode mode;
        QVERIFY(torch::equal(dropout(x, 0.25, mode), x));
        mode.random = generators({5});
        QVERIFY(torch::equal(dropout(x, 0, mode), x));
        const auto y = dropout(x, 0.25, mode);
        // 40,000 coins: the share of zeros is within 4.5 standard deviations, and what stays is 1/(1 - 0.25).
        const double zeros = (y == 0).to(torch::kDouble).mean().item<double>();
        QVERIFY2(std::abs(zeros - 0.25) < 4.5 * std::sqrt(0.25 * 0.75 / 40000), qPrintable(QString::number(zeros)));
        QVERIFY(torch::allclose(y.masked_select(y != 0), torch::full({1}, 4.0f / 3)));
        QVERIFY(!torch::equal(dropout(x, 0.25, mode), y));
        mode.random = generators({5});
        QVERIFY(torch::equal(dropout(x, 0.25, mode), y));
    }

    // Every image has numbers of its own: what stands beside it changes nothing.
    void anImagesMaskIsItsOwn() {
        const auto x = torch::ones({3, 2, 8, 8});
        ForwardMode all, last;
        all.random = generators({5, 6, 7});
        last.random = generators({7});
        const auto together = dropout(x, 0.5, all);
        QVERIFY(torch::equal(together[2], dropout(x.slice(0, 2, 3), 0.5, last)[0]));
        QVERIFY(!torch::equal(together[0], together[2]));
        QVERIFY_EXCEPTION_THROWN(dropout(x, 0.5, last), c10::Error);
    }

    // A student is called at one noise level for all; labels are dropped image by image all the same.
    void oneNoiseLevelForAllDropsNoLabelsTogether() {
        auto d = droppingDenoiser(0, 0.5);
        d->train();
        const torch::NoGradGuard guard;
        ForwardMode mode;
        mode.random = generators({1, 2, 3, 4, 5, 6, 7, 8});
        const auto labels = torch::eye(3).slice(0, 1, 2).repeat({8, 1});
        const auto embedded = d->model->embed(torch::full({1}, 0.3f), {labels, {}, {}}, mode);
        QCOMPARE(embedded.size(0), std::int64_t(8));
        QVERIFY((embedded - embedded[0]).abs().max().item<double>() > 1e-4);
    }

    // Label dropout replaces whole rows by zeros, which an unconditional call sees.
    void labelDropoutRemovesWholeLabels() {
        auto d = droppingDenoiser(0, 0.5);
        d->train();
        const torch::NoGradGuard guard;
        const auto x = torch::randn({1, 1, 8, 8}, seededGenerator(2)).repeat({32, 1, 1, 1});
        const auto noise = torch::full({32}, 0.3f);
        const auto labels = torch::eye(3).slice(0, 1, 2).repeat({32, 1});
        ForwardMode mode;
        const auto with = d->model->embed(noise, {labels, {}, {}}, mode);
        const auto without = d->model->embed(noise, {}, mode);
        std::vector<std::uint64_t> seeds(32);
        std::iota(seeds.begin(), seeds.end(), 100);
        mode.random = generators(seeds);
        const auto mixed = d->model->embed(noise, {labels, {}, {}}, mode);
        auto coins = torch::empty({32, 1});
        for (int k = 0; k < 32; ++k) coins[k] = torch::rand({1}, seededGenerator(seeds[std::size_t(k)]));
        const auto dropped = coins < 0.5;
        QVERIFY(dropped.any().item<bool>() && !dropped.all().item<bool>());
        QVERIFY(!torch::allclose(with, without));
        QVERIFY(torch::allclose(mixed, torch::where(dropped, without, with)));
        d->eval();
        QVERIFY(torch::equal(d->model->embed(noise, {labels, {}, {}}, mode), with));
    }

    void whatTheCheckpointSaysOfDropoutChangesNothing_data() {
        QTest::addColumn<QString>("objective");
        for (const char* objective : {"gan", "ctm,gan", "regression"}) QTest::newRow(objective) << objective;
    }
    void whatTheCheckpointSaysOfDropoutChangesNothing() {
        QFETCH(QString, objective);
        const auto config = droppingRun(objective.toUtf8().constData(), 0, 0);
        const auto plain = afterThreeSteps(config, droppingDenoiser(0, 0));
        QVERIFY(identical(afterThreeSteps(config, droppingDenoiser(0.13, 0.2)), plain));
    }

    void theSnapshotSaysWhatTheRunDropped() {
        const auto data = labelledData();
        Finetuner trainer(droppingRun("gan", 0, 0), droppingDenoiser(0.13, 0.2), data, toy::cpu());
        QCOMPARE(trainer.ema()->config().dropout, 0.0);
        QCOMPARE(trainer.ema()->config().labelDropout, 0.0);
        Finetuner dropping(droppingRun("gan", 0.13, 0.2), droppingDenoiser(0, 0), data, toy::cpu());
        QCOMPARE(dropping.generator()->config().dropout, 0.13);
        QCOMPARE(dropping.generator()->config().labelDropout, 0.2);
    }

    void theSameRunWithDropoutIsTheSameTwice_data() { whatTheCheckpointSaysOfDropoutChangesNothing_data(); }
    void theSameRunWithDropoutIsTheSameTwice() {
        QFETCH(QString, objective);
        const auto name = objective.toUtf8();
        const auto config = droppingRun(name.constData(), 0.13, 0);
        const auto once = afterThreeSteps(config, droppingDenoiser(0.13, 0));
        torch::manual_seed(77);  // the process's own generator has no part in it
        torch::rand({5});
        QVERIFY(identical(afterThreeSteps(config, droppingDenoiser(0, 0)), once));
        QVERIFY(!identical(afterThreeSteps(droppingRun(name.constData(), 0, 0), droppingDenoiser(0, 0)), once));
        QVERIFY(!identical(afterThreeSteps(droppingRun(name.constData(), 0, 0.5), droppingDenoiser(0, 0)),
                           afterThreeSteps(droppingRun(name.constData(), 0, 0), droppingDenoiser(0, 0))));
    }

    // The run is put at its sixth step with the weights of its first, so that what it makes there can be made again.
    void everyStepDropsByItsOwnNumbers() {
        constexpr std::int64_t kStep = 5;
        const auto data = labelledData();
        const auto original = toy::conditional();
        const auto config = droppingRun("gan", 0.5, 0.5);
        QTemporaryDir folder;
        const auto path = folder.path().toStdString();
        Finetuner(config, original, data, toy::cpu()).save(path);
        auto state = readTrainingState(path);
        state.step = kStep;
        writeTrainingState(path, state);
        const auto stepOf = [&](StepPart part) {
            Finetuner run(config, original, data, toy::cpu());
            run.load(path);
            return run.step(part);
        };
        auto student = makeStudent(original, config);
        student->train();
        const auto labels = BatchStream(data, config.seed, config.batch, config.xflip).labels(kStep, toy::kClasses);
        // What D says of the images that the masks of a step leave.
        const auto logitsOf = [&](Purpose latents, Purpose features, Purpose masks, std::int64_t masksOf) {
            const auto plain = toy::cpu().training();
            auto dropping = plain;
            dropping.random = imageGenerators(config.seed, masksOf, masks, {0, config.batch});
            Critic critic(config, original, torch::kCPU);
            const auto z = torch::randn({config.batch, 1, 8, 8}, stepGenerator(config.seed, kStep, latents));
            const auto look = critic.draw(z, stepGenerator(config.seed, kStep, features));
            const auto images = studentImages(student, z, config, labels, dropping);
            return critic.logits(images, look, labels, plain, true);
        };
        const auto lossOfG = [&](std::int64_t masksOf) {
            const auto logits = logitsOf(Purpose::Latents, Purpose::Features, Purpose::Dropout, masksOf);
            return generatorLoss(logits, config.loss, config.reduction).item<double>();
        };
        const auto fakesForD = [&](std::int64_t masksOf) {
            return meanLogit(logitsOf(Purpose::LatentsForD, Purpose::FeaturesForD, Purpose::DropoutForD, masksOf))
                .item<double>();
        };
        QVERIFY(std::abs(stepOf(StepPart::Generator).gLoss.value() - lossOfG(kStep)) < 1e-5);
        QVERIFY(std::abs(stepOf(StepPart::Discriminator).fakeLogit.value() - fakesForD(kStep)) < 1e-5);
        // The masks of the first step would have shown.
        QVERIFY(std::abs(lossOfG(0) - lossOfG(kStep)) > 1e-4);
        QVERIFY(std::abs(fakesForD(0) - fakesForD(kStep)) > 1e-4);
    }

    void aResumedFinetuningDrawsTheSameMasks() {
        const auto data = labelledData();
        const auto config = droppingRun("gan", 0.13, 0.2);
        Finetuner whole(config, droppingDenoiser(0, 0), data, toy::cpu()),
            first(config, droppingDenoiser(0, 0), data, toy::cpu()),
            second(config, droppingDenoiser(0, 0), data, toy::cpu());
        for (int i = 0; i < 4; ++i) whole.step();
        for (int i = 0; i < 2; ++i) first.step();
        QTemporaryDir folder;
        first.save(folder.path().toStdString());
        second.load(folder.path().toStdString());
        for (int i = 0; i < 2; ++i) second.step();
        QVERIFY(identical(whole.generator()->parameters(), second.generator()->parameters()));
    }

    void aResumedPretrainingDrawsTheSameMasks() {
        const auto data = toy::data();
        PretrainConfig config;
        config.kimg = 0.4;
        config.batch = 8;
        auto network = toy::network();
        network.dropout = 0.13;
        config.network = toJson(network);
        const auto run = [&](int steps) {
            auto trainer = std::make_unique<Pretrainer>(config, data, toy::cpu());
            for (int i = 0; i < steps; ++i) trainer->step();
            return trainer;
        };
        const auto whole = run(4), first = run(2), second = run(0);
        QTemporaryDir folder;
        first->save(folder.path().toStdString());
        second->load(folder.path().toStdString());
        for (int i = 0; i < 2; ++i) second->step();
        QVERIFY(identical(whole->ema()->parameters(), second->ema()->parameters()));
        config.network = toJson(toy::network());
        QVERIFY(!identical(whole->ema()->parameters(), run(4)->ema()->parameters()));
    }
};

THAW_TEST(DropoutTest);
#include "dropout_test.moc"

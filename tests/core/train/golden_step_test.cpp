// SPDX-License-Identifier: GPL-3.0-or-later
// Case 08 of tests/golden/training: a whole iteration of D2O, once through its parts and once through the Finetuner.
#include "tests/core/golden_step.h"
#include "core/gan/gan_loss.h"
#include "core/train/ema.h"
#include "core/train/finetuner.h"
#include "core/train/student.h"
#include "core/train/training_state.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <QtCore/QTemporaryDir>

using namespace thaw;
using thaw::testing::GoldenStep;

namespace {

using NamedWeights = std::map<std::string, torch::Tensor>;

NamedWeights copyOf(const torch::OrderedDict<std::string, torch::Tensor>& parameters) {
    NamedWeights all;
    for (const auto& item : parameters) all[item.key()] = item.value().detach().clone();
    return all;
}

// Both players with their optimisers, as a run has them, on given random numbers.
struct Players {
    Players(const GoldenStep& step, const FinetuneConfig& settings)
        : config(settings), critic(config, step.original, torch::kCPU), net(makeStudent(step.original, config)) {
        net->train();
        const auto weights = step.golden.below("weights.");
        thaw::testing::plant(critic.heads->named_parameters(), weights);
        thaw::testing::plant(critic.heads->named_buffers(), weights);
        adamG = std::make_unique<Adam>(applyFreeze(net, config.freeze), config.generator);
        Adam::Named heads;
        for (const auto& item : critic.heads->named_parameters()) heads.emplace_back(item.key(), item.value());
        adamD = std::make_unique<Adam>(heads, discriminatorAdam(config));
        beforeG = copyOf(net->named_parameters());
        beforeD = copyOf(critic.heads->named_parameters());
    }

    torch::Tensor images(const torch::Tensor& z, const torch::Tensor& labels) {
        return studentImages(net, z, config, labels, {});
    }
    std::vector<torch::Tensor> fakeLogits(const GoldenStep& step) {
        return critic.logits(images(step.golden.at("z_g"), step.labels), {}, step.labels, {}, true);
    }
    /// Fakes first, each in a forward of its own.
    torch::Tensor lossOfD(const GoldenStep& step, const torch::Tensor& made, LossReduction reduction) {
        const auto fake = critic.logits(made, {}, step.labels, {}, true);
        const auto real = critic.logits(step.golden.at("reals"), {}, step.labels, {}, true);
        return discriminatorLoss(fake, real, config.loss, reduction);
    }
    double samples(const GoldenStep& step) const { return double(critic.logitGroups()) * step.config().batch; }

    FinetuneConfig config;
    Critic critic;
    Denoiser net{nullptr};
    std::unique_ptr<Adam> adamG, adamD;
    NamedWeights beforeG, beforeD;
};

torch::Tensor normsOf(const Adam::Update& update) { return torch::tensor(update.norms, torch::kDouble); }

// The tensors of a run folder's state, by part.
NamedWeights partOf(const TrainingState& state, const std::string& part) {
    const auto named = state.part(part);
    return {named.begin(), named.end()};
}

// A run before its first step whose D is the reference's; `folder` keeps its state.
std::unique_ptr<Finetuner> plantedRun(const GoldenStep& step, const FinetuneConfig& config,
                                      const ComputeDevice& compute, const QTemporaryDir& folder) {
    const auto path = folder.path().toStdString();
    auto run = std::make_unique<Finetuner>(config, step.original, step.data, compute);
    run->save(path);
    auto state = readTrainingState(path);
    const auto weights = step.golden.below("weights.");
    for (auto& [key, tensor] : state.tensors)
        for (const std::string part : {"d/", "d_buffers/"})
            if (key.rfind(part, 0) == 0 && !key.ends_with("num_batches_tracked"))
                tensor = weights.at(key.substr(part.size()));
    writeTrainingState(path, state);
    run->load(path);
    return run;
}

}  // namespace

class GoldenStepTest : public QObject {
    Q_OBJECT

    // Compares parameters after updates with `KEY.NAME`; the case leaves some out to save space.
    static void compareParameters(const GoldenStep& step, const std::string& key, const NamedWeights& after,
                                  const NamedWeights& before, double rate, int steps) {
        const auto player = key.substr(0, key.find('.'));
        const auto expected = step.golden.below(key + ".");
        QVERIFY2(!expected.empty(), key.c_str());
        for (const auto& [name, tensor] : expected) {
            thaw::testing::GoldenScale scale;
            scale.learningRate = rate;
            scale.significant = step.golden.at(player + ".significant." + name);
            scale.before = before.at(name);
            scale.steps = steps;
            GOLDEN(step.golden, key + "." + name, after.at(name), scale);
        }
    }
    static void compareBuffers(const GoldenStep& step, const std::string& key, const NamedWeights& buffers) {
        const auto expected = step.golden.below(key + ".");
        QVERIFY2(!expected.empty(), key.c_str());
        for (const auto& [name, tensor] : expected) GOLDEN(step.golden, key + "." + name, buffers.at(name));
    }
    static void compareAverage(const GoldenStep& step, const Players& players) {
        auto average = cloneDenoiser(step.original, step.original->kind());
        const auto order = step.golden.words("g_parameters");
        {
            const torch::NoGradGuard guard;
            auto named = average->named_parameters();
            for (std::size_t k = 0; k < order.size(); ++k) {
                auto p = named[order[k]];
                const auto index = torch::arange(p.numel(), torch::kDouble) + double(k);
                p.add_((0.01 * index.cos()).reshape(p.sizes()).to(torch::kFloat));
            }
        }
        const auto& ema = step.values.at("ema");
        const double beta = emaBeta(players.config.ema, players.config.batch, ema.at("seen").get<double>());
        QVERIFY(std::abs(beta - ema.at("beta").get<double>()) < 1e-12);
        updateEma(*average, *players.net, beta);
        std::vector<double> norms, sums;
        const auto named = average->named_parameters();
        for (const auto& name : order) {
            const auto p = named[name].detach().to(torch::kDouble);
            norms.push_back(p.norm().item<double>());
            sums.push_back(p.sum().item<double>());
        }
        GOLDEN(step.golden, "ema.after_norms", torch::tensor(norms, torch::kDouble));
        GOLDEN(step.golden, "ema.after_sums", torch::tensor(sums, torch::kDouble));
    }

    static void addIterations() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("model");
        for (const auto& name : thaw::testing::goldenCases("08_step"))
            for (const auto& model : GoldenStep::models(name))
                QTest::newRow((name + ", " + model).c_str()) << QString(name.c_str()) << QString(model.c_str());
    }

private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    void theIterationMatchesReference_data() { addIterations(); }
    void theIterationMatchesReference() {
        QFETCH(QString, name);
        QFETCH(QString, model);
        const GoldenStep step(name.toStdString(), model.toStdString());
        const auto& golden = step.golden;
        Players players(step, step.config());
        QVERIFY(std::abs(discriminatorAdam(players.config).learningRate - step.rateD()) < 1e-15);

        // G, whose gradient goes through D in training mode.
        {
            const torch::NoGradGuard guard;
            GOLDEN(golden, "generated_before", players.images(golden.at("z_g"), step.labels));
        }
        requireGrad(*players.critic.heads, false);
        const auto fake = players.fakeLogits(step);
        const auto loss = generatorLoss(fake, players.config.loss, LossReduction::Sum);
        GOLDEN(golden, "g.loss.sum", loss);
        GOLDEN(golden, "g.loss.mean", generatorLoss(fake, players.config.loss, LossReduction::Mean));
        loss.backward();
        requireGrad(*players.critic.heads, true);
        const auto order = golden.words("g_parameters");
        QCOMPARE(players.adamG->parameters().size(), order.size());
        for (std::size_t k = 0; k < order.size(); ++k)
            QCOMPARE("model." + players.adamG->parameters()[k].first, order[k]);
        GOLDEN(golden, "g.gradient_norms", normsOf(players.adamG->step()));
        compareParameters(step, "g.after", copyOf(players.net->named_parameters()), players.beforeG, step.rateG(), 1);
        compareAverage(step, players);

        // D, on fakes of the updated G.
        torch::Tensor made;
        {
            const torch::NoGradGuard guard;
            made = players.images(golden.at("z_d"), step.labels);
        }
        GOLDEN(golden, "generated_for_d", made);
        const auto lossOfD = players.lossOfD(step, made, LossReduction::Sum);
        GOLDEN(golden, "d.loss.sum", lossOfD);
        GOLDEN(golden, "d.loss.mean", lossOfD / players.samples(step));
        lossOfD.backward();
        const auto heads = golden.words("d_parameters");
        for (std::size_t k = 0; k < heads.size(); ++k) QCOMPARE(players.adamD->parameters().at(k).first, heads[k]);
        GOLDEN(golden, "d.gradient_norms", normsOf(players.adamD->step()));
        auto& d = players.critic.heads;
        compareParameters(step, "d.after", copyOf(d->named_parameters()), players.beforeD, step.rateD(), 1);
        compareBuffers(step, "state.after_d", copyOf(d->named_buffers()));

        // R1, as a step of its own.
        const auto reals = golden.at("reals").clone().requires_grad_(true);
        const auto logits = players.critic.logits(reals, {}, step.labels, ComputeDevice::penalty(), true);
        const auto contribution = r1Penalty(logits, reals) * r1Gain(players.config.r1);
        GOLDEN(golden, "r1.contribution", contribution);
        contribution.backward();
        GOLDEN(golden, "r1.gradient_norms", normsOf(players.adamD->step()));
        if (!golden.below("d.after_r1.").empty())
            compareParameters(step, "d.after_r1", copyOf(d->named_parameters()), players.beforeD, step.rateD(), 2);
        compareBuffers(step, "state.after_all", copyOf(d->named_buffers()));
    }

    void hingeMatchesReference_data() { addIterations(); }
    void hingeMatchesReference() {
        QFETCH(QString, name);
        QFETCH(QString, model);
        const GoldenStep step(name.toStdString(), model.toStdString());
        auto config = step.config();
        config.loss = GanLossKind::Hinge;
        Players players(step, config);
        requireGrad(*players.critic.heads, false);
        const auto loss = generatorLoss(players.fakeLogits(step), config.loss, LossReduction::Sum);
        GOLDEN(step.golden, "hinge.g.loss.sum", loss);
        loss.backward();
        GOLDEN(step.golden, "hinge.g.gradient_norms", normsOf(players.adamG->step()));
        const torch::NoGradGuard guard;
        const auto made = players.images(step.golden.at("z_d"), step.labels);
        const torch::AutoGradMode on(true);  // D's power iteration belongs to forwards that learn
        GOLDEN(step.golden, "hinge.d.loss.sum", players.lossOfD(step, made.detach(), LossReduction::Sum));
    }

    // Published D2O-F: what is frozen stays bit for bit, the rest moves as without it.
    void d2oFFreezesThePublishedWeightsAndNothingElse_data() { addIterations(); }
    void d2oFFreezesThePublishedWeightsAndNothingElse() {
        QFETCH(QString, name);
        QFETCH(QString, model);
        const GoldenStep step(name.toStdString(), model.toStdString());
        auto config = step.config();
        config.freeze = parseFreezePlan("d2o-f");
        Players players(step, config);
        generatorLoss(players.fakeLogits(step), config.loss, LossReduction::Sum).backward();
        const auto update = players.adamG->step();
        const auto frozen = step.golden.words("frozen_by_d2o_f");
        auto after = copyOf(players.net->named_parameters());
        for (const auto& key : frozen) QVERIFY2(torch::equal(after.at(key), players.beforeG.at(key)), key.c_str());
        QCOMPARE(update.norms.size() + frozen.size(), after.size());
        // The frozen ones take the reference's values, so that the comparison is about the others.
        for (const auto& key : frozen) after[key] = step.golden.at("g.after." + key);
        compareParameters(step, "g.after", after, players.beforeG, step.rateG(), 1);
        const auto order = step.golden.words("g_parameters");
        auto norms = step.golden.at("g.gradient_norms").to(torch::kDouble).clone();
        std::size_t next = 0;
        for (std::size_t k = 0; k < order.size(); ++k)
            if (std::find(frozen.begin(), frozen.end(), order[k]) == frozen.end())
                norms[std::int64_t(k)] = update.norms.at(next++);
        GOLDEN(step.golden, "g.gradient_norms", norms);
    }

    // The Finetuner draws the latents and the order of the images of the case itself.
    void theFinetunerTakesTheSameStep_data() { addIterations(); }
    void theFinetunerTakesTheSameStep() {
        QFETCH(QString, name);
        QFETCH(QString, model);
        const GoldenStep step(name.toStdString(), model.toStdString());
        const auto& golden = step.golden;
        const auto config = step.config();
        BatchStream stream(step.data, config.seed, config.batch, false);
        QVERIFY(torch::equal(stream.indices(0), golden.at("order")));
        QTemporaryDir folder, later;
        const auto run = plantedRun(step, config, toy::cpu(), folder);
        const auto beforeG = copyOf(run->generator()->named_parameters());
        const auto metrics = run->step();
        GOLDEN(golden, "g.loss.mean", torch::tensor(metrics.gLoss.value(), torch::kDouble));
        GOLDEN(golden, "d.loss.mean", torch::tensor(metrics.dLoss.value(), torch::kDouble));
        QVERIFY(!metrics.r1);
        const auto total = [&](const char* key) { return golden.at(key).to(torch::kDouble).norm().item<double>(); };
        QVERIFY(std::abs(metrics.gradG.value() / total("g.gradient_norms") - 1) < 1e-4);
        QVERIFY(std::abs(metrics.gradD.value() / total("d.gradient_norms") - 1) < 1e-4);
        run->save(later.path().toStdString());
        const auto state = readTrainingState(later.path().toStdString());
        compareParameters(step, "g.after", partOf(state, "net"), beforeG, step.rateG(), 1);
        compareParameters(step, "d.after", partOf(state, "d"), golden.below("weights."), step.rateD(), 1);
        compareBuffers(step, "state.after_d", partOf(state, "d_buffers"));
        const auto net = partOf(state, "net");
        for (const auto& [key, tensor] : partOf(state, "ema")) QVERIFY2(torch::equal(tensor, net.at(key)), key.c_str());
    }

    // With R1 in every step, and D's settings such that its Adam and R1's factor come out as those of the case.
    void theFinetunerTakesTheSameStepOfR1_data() { addIterations(); }
    void theFinetunerTakesTheSameStepOfR1() {
        QFETCH(QString, name);
        QFETCH(QString, model);
        const GoldenStep step(name.toStdString(), model.toStdString());
        auto config = step.config();
        const auto lazy = discriminatorAdam(config);
        config.r1 = {config.r1.gamma * config.r1.interval, 1};
        config.discriminator.learningRate = 2 * lazy.learningRate;
        config.discriminator.beta1 = lazy.beta1 * lazy.beta1;
        config.discriminator.beta2 = lazy.beta2 * lazy.beta2;
        QTemporaryDir folder, later;
        const auto run = plantedRun(step, config, toy::cpu(), folder);
        const auto metrics = run->step();
        const double gain = r1Gain(step.config().r1);
        GOLDEN(step.golden, "r1.contribution", torch::tensor(metrics.r1.value() * gain, torch::kDouble));
        run->save(later.path().toStdString());
        const auto state = readTrainingState(later.path().toStdString());
        compareBuffers(step, "state.after_all", partOf(state, "d_buffers"));
        if (!step.golden.below("d.after_r1.").empty())
            compareParameters(step, "d.after_r1", partOf(state, "d"), step.golden.below("weights."), step.rateD(), 2);
        // The conditional case has no weights after R1: there at least nothing has moved further than two steps go.
        const auto start = step.golden.below("weights.");
        for (const auto& [key, tensor] : partOf(state, "d"))
            QVERIFY2((tensor - start.at(key)).abs().max().item<double>() <= 2.02 * step.rateD(), key.c_str());
    }

    void r1IsAppliedInTheLastStepOfEveryInterval() {
        const GoldenStep step(thaw::testing::goldenCases("08_step").front(),
                              GoldenStep::models(thaw::testing::goldenCases("08_step").front()).front());
        auto config = step.config();
        config.r1.interval = 3;
        QTemporaryDir folder;
        const auto run = plantedRun(step, config, toy::cpu(), folder);
        for (int i = 1; i <= 6; ++i) QCOMPARE(run->step(StepPart::Discriminator).r1.has_value(), i % 3 == 0);
    }

    // bfloat16 has 8 bits: losses within 3 % of fp32's, the gradient of every block within a tenth of the largest, and the
    // frozen networks, D and R1 in float whatever the run's type.
    void bfloat16TakesNearlyTheSameStep_data() { addIterations(); }
    void bfloat16TakesNearlyTheSameStep() {
        QFETCH(QString, name);
        QFETCH(QString, model);
        const GoldenStep step(name.toStdString(), model.toStdString());
        auto config = step.config();
        config.r1.interval = 1;
        QTemporaryDir exactFolder, roundedFolder;
        const auto exact = plantedRun(step, config, toy::cpu(), exactFolder)->step();
        const auto rounded = plantedRun(step, config, {torch::kCPU, torch::kBFloat16, 1}, roundedFolder)->step();
        const auto near = [](double a, double b, double share) { return std::abs(a / b - 1) <= share; };
        QVERIFY2(near(*rounded.gLoss, *exact.gLoss, 0.03), qPrintable(QString::number(*rounded.gLoss / *exact.gLoss)));
        QVERIFY2(near(*rounded.dLoss, *exact.dLoss, 0.03), qPrintable(QString::number(*rounded.dLoss / *exact.dLoss)));
        QVERIFY2(near(*rounded.gradG, *exact.gradG, 0.1), qPrintable(QString::number(*rounded.gradG / *exact.gradG)));
        QVERIFY2(near(*rounded.gradD, *exact.gradD, 0.1), qPrintable(QString::number(*rounded.gradD / *exact.gradD)));
        QVERIFY2(near(*rounded.r1, *exact.r1, 0.05), qPrintable(QString::number(*rounded.r1 / *exact.r1)));
        QVERIFY(*rounded.gLoss != *exact.gLoss);
        double largest = 0;
        for (const auto& block : exact.blockGradients) largest = std::max(largest, block.norm);
        QCOMPARE(rounded.blockGradients.size(), exact.blockGradients.size());
        for (std::size_t i = 0; i < exact.blockGradients.size(); ++i)
            QVERIFY2(std::abs(rounded.blockGradients[i].norm - exact.blockGradients[i].norm) <= 0.1 * largest,
                     exact.blockGradients[i].block.c_str());
    }
};

THAW_TEST(GoldenStepTest);
#include "golden_step_test.moc"

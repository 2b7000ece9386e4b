// SPDX-License-Identifier: GPL-3.0-or-later
// Case 08 of tests/golden/training: a whole iteration of D2O, through its parts on given random numbers.
#include "tests/core/golden_step.h"
#include "core/gan/gan_loss.h"
#include "core/train/ema.h"
#include "core/train/finetuner.h"
#include "core/train/student.h"
#include "tests/registry.h"

using namespace thaw;
using thaw::testing::compareBuffers;
using thaw::testing::compareParameters;
using thaw::testing::copyOf;
using thaw::testing::GoldenStep;
using thaw::testing::NamedWeights;

namespace {

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

/// In the reference's order of the parameters, which for the heads of classes is another.
torch::Tensor normsOf(const Adam::Update& update, const Adam& adam, const std::vector<std::string>& order) {
    std::map<std::string, double> norms;
    for (std::size_t k = 0; k < update.norms.size(); ++k) norms[adam.parameters()[k].first] = update.norms[k];
    std::vector<double> sorted;
    for (const auto& name : order) sorted.push_back(norms.at(name));
    return torch::tensor(sorted, torch::kDouble);
}

}  // namespace

class GoldenStepTest : public QObject {
    Q_OBJECT

    /// Where the gradient is its own rounding noise Adam's first step has a random sign (bounded by compareParameters); the
    /// average of such entries can be compared only with the reference's sign.
    static void takeRandomSigns(const GoldenStep& step, DenoiserImpl& net) {
        const torch::NoGradGuard guard;
        for (auto& parameter : net.named_parameters()) {
            const auto name = parameter.key();
            if (!step.golden.has("g.significant." + name)) continue;
            const auto random = step.golden.at("g.significant." + name) == 0;
            parameter.value().copy_(torch::where(random, step.golden.at("g.after." + name), parameter.value()));
        }
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
        auto net = cloneDenoiser(players.net, players.net->kind());
        takeRandomSigns(step, *net);
        updateEma(*average, *net, beta);
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

private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    void theIterationMatchesReference_data() { thaw::testing::addIterations(); }
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
        QCOMPARE(players.adamD->parameters().size(), heads.size());
        GOLDEN(golden, "d.gradient_norms", normsOf(players.adamD->step(), *players.adamD, heads));
        auto& d = players.critic.heads;
        compareParameters(step, "d.after", copyOf(d->named_parameters()), players.beforeD, step.rateD(), 1);
        compareBuffers(step, "state.after_d", copyOf(d->named_buffers()));

        // R1, as a step of its own.
        const auto reals = golden.at("reals").clone().requires_grad_(true);
        const auto logits = players.critic.logits(reals, {}, step.labels, ComputeDevice::penalty(), true);
        const auto contribution = r1Penalty(logits, reals) * r1Gain(players.config.r1);
        GOLDEN(golden, "r1.contribution", contribution);
        contribution.backward();
        GOLDEN(golden, "r1.gradient_norms", normsOf(players.adamD->step(), *players.adamD, heads));
        if (!golden.below("d.after_r1.").empty())
            compareParameters(step, "d.after_r1", copyOf(d->named_parameters()), players.beforeD, step.rateD(), 2);
        compareBuffers(step, "state.after_all", copyOf(d->named_buffers()));
    }

    void hingeMatchesReference_data() { thaw::testing::addIterations(1); }
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
    void d2oFFreezesThePublishedWeightsAndNothingElse_data() { thaw::testing::addIterations(1); }
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
};

THAW_TEST(GoldenStepTest);
#include "golden_step_test.moc"

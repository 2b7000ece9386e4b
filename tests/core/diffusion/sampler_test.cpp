// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/sampler.h"

#include "core/diffusion/noise.h"
#include "core/io/model_file.h"
#include "tests/core/faults.h"
#include "tests/core/tensors.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QtTest/QTest>

using namespace thaw;
using testing::worst;

namespace {

Denoiser goldenDenoiser(const std::string& name) {
    return readModelFile(std::string(THAW_GOLDEN) + "/" + name + ".weights.safetensors").denoiser;
}

SamplerConfig ablation(Discretization d, Schedule schedule, Scaling scaling, int steps) {
    SamplerConfig c;
    c.kind = SamplerKind::Ablation;
    c.steps = steps;
    c.ablation.discretization = d;
    c.ablation.schedule = schedule;
    c.ablation.scaling = scaling;
    return c;
}

}  // namespace

class SamplerTest : public QObject {
    Q_OBJECT
    Denoiser edm_ = goldenDenoiser("ddpmpp_edm");
    torch::Tensor z_ = latentsForSeeds({7, 8, 9}, 3, 16);

private Q_SLOTS:
    void noiseLevelsMatchThePublishedEighteenSteps() {
        const std::vector<double> expected{80,          57.585985,  40.785574,  28.374585,  19.352453,
                                           12.910082,   8.4009353,  5.3151945,  3.2568215,  1.9233398,
                                           1.0881706,   0.58534812, 0.29644228, 0.13951647, 0.059947311,
                                           0.022934518, 0.00752802, 0.002,      0};
        const auto actual = noiseLevels({}, *edm_);
        QCOMPARE(actual.size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i)
            QVERIFY(std::abs(actual[i] - expected[i]) <= 1e-6 * (expected[i] + 1e-3));
    }

    void fewStepLevelsMatchThePublishedOnes() {
        SamplerConfig c;
        c.kind = SamplerKind::MultiStep;
        const auto levels = [&](int steps) {
            c.steps = steps;
            return noiseLevels(c, *edm_);
        };
        const auto near = [](const std::vector<double>& a, const std::vector<double>& b) {
            bool good = a.size() == b.size();
            for (std::size_t i = 0; good && i < a.size(); ++i) good = std::abs(a[i] - b[i]) < 1e-5 * b[i];
            return good;
        };
        QVERIFY(near(levels(4), {80, 17.5278, 2.51522, 0.169753, 0.002}));
        QVERIFY(near(levels(3), {80, 9.7232, 0.469979, 0.002}));
        QVERIFY(near(levels(2), {80, 1, 0.002}));
    }

    void oneStepOfTheFewStepGeneratorIsTheOneStepGenerator() {
        SamplerConfig c;
        c.kind = SamplerKind::MultiStep;
        c.steps = 1;
        QVERIFY(torch::equal(sample(edm_, z_, c), sample(edm_, z_, oneStepSampler())));
    }

    void levelsStayInsideWhatTheNetworkKnows() {
        auto ve = goldenDenoiser("ncsnpp_ve");
        const auto levels = noiseLevels({}, *ve);
        QCOMPARE(levels.front(), 80.0);
        QVERIFY(std::abs(levels[levels.size() - 2] - 0.02) < 1e-12);
        SamplerConfig wide;
        wide.sigmaMax = 500;
        QVERIFY(std::abs(noiseLevels(wide, *ve).front() - 100) < 1e-9);
    }

    void ablationSamplerWithEdmsChoicesIsEdmsSampler_data() {
        QTest::addColumn<double>("churn");
        QTest::newRow("deterministic") << 0.0;
        QTest::newRow("stochastic") << 20.0;
    }
    void ablationSamplerWithEdmsChoicesIsEdmsSampler() {
        QFETCH(double, churn);
        const auto run = [&](SamplerConfig config) {
            config.churn = {churn, 0.05, 50, 1.003};
            SeedStreams streams({7, 8, 9});
            const auto z = streams.latents(3, 16);
            SampleContext context;
            context.noise = [&](const torch::Tensor& x) { return streams.randnLike(x); };
            return sample(edm_, z, config, context);
        };
        SamplerConfig heun;
        heun.steps = 7;
        QVERIFY(worst(run(heun), run(ablation(Discretization::Edm, Schedule::Linear, Scaling::None, 7))) < 1e-5);
        SamplerConfig euler = heun;
        euler.kind = SamplerKind::Euler;
        auto general = ablation(Discretization::Edm, Schedule::Linear, Scaling::None, 7);
        general.ablation.solver = AblationConfig::Solver::Euler;
        QVERIFY(worst(run(euler), run(general)) < 1e-5);
    }

    // Every choice integrates the same probability flow, so all of them end at nearly the same image with enough steps.
    void everyScheduleAndScalingSolvesTheSameOde_data() {
        QTest::addColumn<int>("discretization");
        QTest::addColumn<int>("schedule");
        QTest::addColumn<int>("scaling");
        QTest::newRow("VP") << int(Discretization::Vp) << int(Schedule::Vp) << int(Scaling::Vp);
        QTest::newRow("VE") << int(Discretization::Ve) << int(Schedule::Ve) << int(Scaling::None);
        QTest::newRow("iDDPM levels, linear time")
            << int(Discretization::Iddpm) << int(Schedule::Linear) << int(Scaling::None);
        QTest::newRow("EDM levels, VP curve") << int(Discretization::Edm) << int(Schedule::Vp) << int(Scaling::Vp);
    }
    void everyScheduleAndScalingSolvesTheSameOde() {
        QFETCH(int, discretization);
        QFETCH(int, schedule);
        QFETCH(int, scaling);
        SamplerConfig reference;
        reference.steps = 250;
        reference.sigmaMin = 0.002;
        const auto exact = sample(edm_, z_, reference);
        const auto error = [&](int steps) {
            auto config = ablation(Discretization(discretization), Schedule(schedule), Scaling(scaling), steps);
            config.sigmaMin = 0.002;
            config.sigmaMax = 80;
            return worst(sample(edm_, z_, config), exact);
        };
        const double coarse = error(30), fine = error(200);
        qInfo("30 steps %g, 200 steps %g", coarse, fine);
        QVERIFY(fine < 0.02);
        QVERIFY(fine < coarse / 3);
    }

    void secondStageWeightsKeepTheOrder() {
        SamplerConfig fine;
        fine.steps = 100;
        const auto exact = sample(edm_, z_, fine);
        for (const double alpha : {0.5, 2.0 / 3, 1.0}) {
            auto config = ablation(Discretization::Edm, Schedule::Linear, Scaling::None, 25);
            config.ablation.alpha = alpha;
            auto euler = config;
            euler.ablation.solver = AblationConfig::Solver::Euler;
            QVERIFY(worst(sample(edm_, z_, config), exact) < worst(sample(edm_, z_, euler), exact));
        }
    }

    void churnedImagesDependOnTheirSeedAlone() {
        SamplerConfig config;
        config.steps = 4;
        config.churn.amount = 10;
        const auto run = [&](const std::vector<std::uint64_t>& seeds) {
            SeedStreams streams(seeds);
            const auto z = streams.latents(3, 16);
            SampleContext context;
            context.noise = [&](const torch::Tensor& x) { return streams.randnLike(x); };
            return sample(edm_, z, config, context);
        };
        const auto together = run({4, 5, 6});
        QVERIFY(worst(run({5})[0], together[1]) < 1e-4);
        QVERIFY(worst(run({6, 4})[1], together[0]) < 1e-4);
        SamplerConfig quiet;
        quiet.steps = 4;
        QVERIFY(worst(sample(edm_, latentsForSeeds({4, 5, 6}, 3, 16), quiet), together) > 1e-3);
    }

    void churnOutsideItsRangeChangesNothing() {
        SamplerConfig config, quiet;
        config.steps = quiet.steps = 4;
        config.churn = {10, 100, 200, 1};
        SampleContext context;
        context.noise = [](const torch::Tensor& x) { return torch::ones_like(x); };
        QVERIFY(torch::equal(sample(edm_, z_, config, context), sample(edm_, z_, quiet)));
    }

    void randomClassesFollowTheLatentsOfTheSameSeed() {
        SeedStreams a({3, 4}), b({4});
        a.latents(3, 16);
        b.latents(3, 16);
        const auto classes = a.classes(10);
        QCOMPARE(classes[1].item<std::int64_t>(), b.classes(10)[0].item<std::int64_t>());
        // The same draws from one plain generator.
        auto generator = seededGenerator(4);
        torch::randn({3, 16, 16}, generator);
        QCOMPARE(classes[1].item<std::int64_t>(), torch::randint(10, {}, generator, torch::kLong).item<std::int64_t>());
        QVERIFY(faultOf([&] { oneHot(torch::tensor({3, 12}, torch::kLong), 10); }).contains("class 12"));
    }

    void everyEvaluationIsAnnouncedOnce() {
        for (const auto kind : {SamplerKind::OneStep, SamplerKind::MultiStep, SamplerKind::Heun, SamplerKind::Euler,
                                SamplerKind::Ablation}) {
            SamplerConfig config;
            config.kind = kind;
            config.steps = 3;
            int calls = 0;
            SampleContext context;
            context.callback = [&](double fraction) { return ++calls, fraction < 1; };
            sample(edm_, z_, config, context);
            QCOMPARE(calls, networkEvaluations(config));
        }
    }

    void cancellingThrowsInterruptedAndRestoresTheMode() {
        edm_->train();
        SampleContext context;
        context.callback = [](double) { return false; };
        QVERIFY(faultOf([&] { sample(edm_, z_, {}, context); }).startsWith("Interrupted"));
        QVERIFY(edm_->is_training());
        edm_->eval();
    }

    void imagesAreQuantisedAsPublished() {
        // Truncated, and no pixel beyond white or black comes round at the other end.
        const auto images = torch::tensor({-2.0f, -1.02f, -1.0f, -0.5f, 0.0f, 0.5f, 1.0f, 1.02f, 3.0f});
        const auto bytes = torch::tensor({0, 0, 0, 64, 128, 191, 255, 255, 255}, torch::kByte);
        QVERIFY(torch::equal(quantise(images.reshape({1, 1, 3, 3})), bytes.reshape({1, 1, 3, 3})));
    }

    void impossibleSettingsAreAllNamed() {
        SamplerConfig c;
        c.steps = 1;
        c.rho = -1;
        c.churn.amount = -3;
        c.sigmaMax = 0.001;
        const auto problems = samplerProblems(c);
        QCOMPARE(int(problems.size()), 4);
        QVERIFY(faultOf([&] { sample(edm_, z_, c); }).contains("rho is -1"));
        QVERIFY(samplerProblems({}).empty());
    }

    // The other end is the usual 80 or 0.002 where it is not set.
    void noiseLevelsThatClimbAreRefused() {
        SamplerConfig c;
        c.sigmaMin = 80;
        QCOMPARE(int(samplerProblems(c).size()), 1);
        c.sigmaMin = 79.9;
        QVERIFY(samplerProblems(c).empty());
        c.sigmaMax = 79.9;
        QCOMPARE(samplerProblems(c).front(),
                 std::string("sigma_max is 79.9, must be finite and above sigma_min (79.9)"));
    }
};

THAW_TEST(SamplerTest);
#include "sampler_test.moc"

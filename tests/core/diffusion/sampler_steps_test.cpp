// SPDX-License-Identifier: GPL-3.0-or-later
// The samplers' steps with a network of zeros under EDM's wrapper: D(x; sigma) = x/(1 + 4·sigma²), the best denoiser of
// N(0, 0.25), so that every step has a closed form.
#include "core/diffusion/noise.h"
#include "core/diffusion/sampler.h"
#include "tests/core/closed_form_toy.h"
#include "tests/core/tensors.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QtTest/QTest>

#include <cmath>

using namespace thaw;
using testing::worst;

namespace {

// Both steps of a run through the levels 2, 0.5 and 0.
SamplerConfig twoSteps(SamplerKind kind) {
    SamplerConfig config;
    config.kind = kind;
    config.steps = 2;
    config.sigmaMax = 2;
    config.sigmaMin = 0.5;
    return config;
}

}  // namespace

class SamplerStepsTest : public QObject {
    Q_OBJECT
    Denoiser denoiser_ = toy::zeros();
    torch::Tensor z_ = latentsForSeeds({7, 8}, 1, 8);

private Q_SLOTS:
    void jumpsEndOnTheLineToTheDenoisedImage() {
        auto config = twoSteps(SamplerKind::MultiStep);
        config.sigmaMid = 0.5;
        config.sigmaMin = 0.1;
        std::vector<torch::Tensor> starts;
        SampleContext context;
        context.observe = [&](double, const torch::Tensor& x, const torch::Tensor&) { starts.push_back(x.clone()); };
        const auto images = sample(denoiser_, z_, config, context);
        // From 2z three quarters of the way to D = 2z/17; there D halves.
        QCOMPARE(int(starts.size()), 2);
        QVERIFY(worst(starts[0], 2 * z_) < 1e-6);
        QVERIFY(worst(starts[1], 10.0 / 17 * z_) < 1e-5);
        QVERIFY(worst(images, 5.0 / 17 * z_) < 1e-5);
    }

    void churnRaisesALevelByItsShareUpToTheRootOfTwo_data() {
        QTest::addColumn<double>("amount");
        QTest::addColumn<double>("factor");
        QTest::newRow("a tenth in each of two steps") << 0.2 << 1.1;
        QTest::newRow("too much") << 50.0 << std::sqrt(2.0);
    }
    void churnRaisesALevelByItsShareUpToTheRootOfTwo() {
        QFETCH(double, amount);
        QFETCH(double, factor);
        for (const auto kind : {SamplerKind::Euler, SamplerKind::Heun}) {
            auto config = twoSteps(kind);
            config.churn.amount = amount;
            std::vector<double> levels;
            SampleContext context;
            context.noise = [](const torch::Tensor& x) { return torch::zeros_like(x); };
            context.observe = [&](double sigma, const torch::Tensor&, const torch::Tensor&) {
                levels.push_back(sigma);
            };
            sample(denoiser_, z_, config, context);
            QCOMPARE(int(levels.size()), 2);
            QCOMPARE(levels[0], 2 * factor);
            QCOMPARE(levels[1], 0.5 * factor);
        }
    }

    void churnAddsNoiseOfTheDeviationThatIsAskedFor() {
        // Levels rise from 2 to sqrt(8) and from 0.5 to sqrt(0.5): noise of the deviations 2 and 0.5, times S_noise.
        const auto first = 2 * z_ + 2 * 1.5;
        const auto second = first * (1 - (1 - 0.5 / std::sqrt(8.0)) * 32 / 33) + 0.5 * 1.5;
        for (const auto kind : {SamplerKind::Euler, SamplerKind::Ablation}) {
            auto config = twoSteps(kind);
            config.ablation.solver = AblationConfig::Solver::Euler;
            config.churn.amount = 50;
            config.churn.sNoise = 1.5;
            SampleContext context;
            context.noise = [](const torch::Tensor& x) { return torch::ones_like(x); };
            QVERIFY(worst(sample(denoiser_, z_, config, context), second / 3) < 1e-5);
        }
    }
};

THAW_TEST(SamplerStepsTest);
#include "sampler_steps_test.moc"

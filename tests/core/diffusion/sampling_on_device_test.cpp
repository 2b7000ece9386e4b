// SPDX-License-Identifier: GPL-3.0-or-later

// Samplers and what is measured of them on a device that is not the CPU (tests/core/other_device.h).
#include "core/diffusion/noise.h"
#include "core/diffusion/sampler.h"
#include "core/nn/upload.h"
#include "tests/core/conditional_toy.h"
#include "tests/core/other_device.h"
#include "tests/registry.h"

#include <QtTest/QTest>

using namespace thaw;

namespace {

struct DeviceSampler {
    const char* name;
    SamplerConfig config;
};

std::vector<DeviceSampler> deviceSamplers() {
    SamplerConfig heun;
    heun.steps = 5;
    auto churned = heun;
    churned.churn.amount = 3;
    auto euler = heun;
    euler.kind = SamplerKind::Euler;
    auto jumps = heun;
    jumps.kind = SamplerKind::MultiStep;
    jumps.steps = 2;
    auto ablation = heun;
    ablation.kind = SamplerKind::Ablation;
    ablation.ablation.schedule = Schedule::Vp;
    ablation.ablation.scaling = Scaling::Vp;
    return {{"one step", oneStepSampler(80)},
            {"Heun", heun},
            {"Heun with churn", churned},
            {"Euler", euler},
            {"two jumps", jumps},
            {"VP of the ablation", ablation}};
}

}  // namespace

class SamplingOnDeviceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    void samplesAreTheCpusAndNothingWaits_data() {
        QTest::addColumn<int>("index");
        QTest::addColumn<int>("wrapper");
        const auto samplers = deviceSamplers();
        for (std::size_t i = 0; i < samplers.size(); ++i)
            for (const auto kind : {Preconditioning::Edm, Preconditioning::Vp, Preconditioning::Iddpm})
                QTest::newRow((std::string(samplers[i].name) + ", " + className(kind)).c_str()) << int(i) << int(kind);
    }
    void samplesAreTheCpusAndNothingWaits() {
        QFETCH(int, index);
        QFETCH(int, wrapper);
        auto here = cloneDenoiser(toy::conditional(), Preconditioning(wrapper));
        const auto config = deviceSamplers()[std::size_t(index)].config;
        const auto labels = toy::oneHotOf({0, 2, 1});
        const auto imagesOf = [&](Denoiser& denoiser, torch::Device device) {
            SeedStreams streams({1, 2, 3});
            const auto z = uploaded(streams.latents(1, 8), device);
            SampleContext context;
            context.conditioning.classLabels = uploaded(labels, device);
            context.noise = [&](const torch::Tensor& x) { return streams.randnLike(x); };
            return sample(denoiser, z, config, context);
        };
        const auto expected = imagesOf(here, torch::kCPU);
        for (const auto& device : elsewhere::devices()) {
            auto there = cloneDenoiser(here, here->kind());
            there->to(device);
            noiseLevels(config, *there);  // iDDPM's table is fetched once
            torch::Tensor found;
            {
                const elsewhere::NoWaiting guard;
                found = imagesOf(there, device);
            }
            QVERIFY(found.device() == device);
            const double worst = (found.cpu() - expected).abs().max().item<double>();
            QVERIFY2(worst < 2e-4 * std::max(1.0, expected.abs().max().item<double>()),
                     qPrintable(QString::number(worst)));
        }
    }
};

THAW_TEST(SamplingOnDeviceTest);
#include "sampling_on_device_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers of the published reference networks and samplers on random weights (PyTorch 1.13, CPU, float32).
#include "core/diffusion/noise.h"
#include "core/diffusion/sampler.h"
#include "core/io/model_file.h"
#include "core/io/safetensors.h"

#include <torch/torch.h>

#include <QtTest/QTest>

using namespace thaw;

namespace {

std::string golden(const QString& name) { return std::string(THAW_GOLDEN) + "/" + name.toStdString() + ".safetensors"; }

double worst(const torch::Tensor& a, const torch::Tensor& b) { return (a - b).abs().max().item<double>(); }

}  // namespace

class GoldenTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cases_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("colour 16x16 with augment labels") << "ddpmpp_edm";
        QTest::newRow("grey 28x28") << "ddpmpp_gray_28";
    }

    void denoiserMatchesReferenceTo1e4_data() { cases_data(); }
    void denoiserMatchesReferenceTo1e4() {
        QFETCH(QString, name);
        auto model = readModelFile(golden(name + ".weights"));
        const auto io = readSafeTensors(golden(name + ".io"));
        torch::NoGradGuard guard;
        const auto x = io.at("x", ""), sigma = io.at("sigma", "");
        QVERIFY(worst(model.denoiser->forward(x, sigma, {{}, io.find("augment_labels")}), io.at("denoised", "")) < 1e-4);
        QVERIFY(worst(model.denoiser->forward(x, sigma), io.at("denoised_no_augment", "")) < 1e-4);
    }

    void composedOperationsMatchReferenceTo1e4_data() { cases_data(); }
    void composedOperationsMatchReferenceTo1e4() {
        QFETCH(QString, name);
        auto model = readModelFile(golden(name + ".weights"));
        const auto io = readSafeTensors(golden(name + ".io"));
        torch::NoGradGuard guard;
        const auto d = model.denoiser->forward(io.at("x", ""), io.at("sigma", ""), {}, {torch::kFloat, true});
        QVERIFY(worst(d, io.at("denoised_no_augment", "")) < 1e-4);
    }

    void heunSamplerMatchesReferenceTo1e3_data() { cases_data(); }
    void heunSamplerMatchesReferenceTo1e3() {
        QFETCH(QString, name);
        auto model = readModelFile(golden(name + ".weights"));
        const auto io = readSafeTensors(golden(name + ".io"));
        SamplerConfig config;
        QVERIFY(worst(sample(model.denoiser, io.at("latents", ""), config), io.at("heun_18_steps", "")) < 1e-3);
        config.steps = 5;
        QVERIFY(worst(sample(model.denoiser, io.at("latents", ""), config), io.at("heun_5_steps", "")) < 1e-3);
    }

    void latentsOfSeedsAreBitEqualToReference_data() { cases_data(); }
    void latentsOfSeedsAreBitEqualToReference() {
        QFETCH(QString, name);
        const auto expected = readSafeTensors(golden(name + ".io")).at("latents_seeds_7_8", "");
        QVERIFY(torch::equal(latentsForSeeds({7, 8}, int(expected.size(1)), int(expected.size(2))), expected));
    }

    void oneStepGeneratorMatchesReferenceTo1e4() {
        auto model = readModelFile(golden("ddpmpp_edm.weights"));
        auto generator = cloneDenoiser(model.denoiser, Preconditioning::D2o);
        const auto io = readSafeTensors(golden("d2o_one_step.io"));
        SamplerConfig config;
        config.kind = SamplerKind::OneStep;
        QVERIFY(worst(sample(generator, io.at("z", ""), config), io.at("one_step", "")) < 1e-4);
    }

    void noiseScheduleMatchesThePublishedEighteenSteps() {
        const std::vector<double> expected{80,        57.585985, 40.785574,  28.374585,  19.352453,   12.910082,   8.4009353,
                                           5.3151945, 3.2568215, 1.9233398,  1.0881706,  0.58534812,  0.29644228,  0.13951647,
                                           0.059947311, 0.022934518, 0.00752802, 0.002,   0};
        const auto actual = noiseSchedule({});
        QCOMPARE(actual.size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) QVERIFY(std::abs(actual[i] - expected[i]) <= 1e-6 * (expected[i] + 1e-3));
    }
};

QTEST_GUILESS_MAIN(GoldenTest)
#include "golden_test.moc"

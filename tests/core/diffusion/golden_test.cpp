// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers of the published reference networks and samplers on random weights (PyTorch 1.13, CPU, float32).
#include "core/diffusion/noise.h"
#include "core/diffusion/sampler.h"
#include "core/io/model_file.h"
#include "core/io/safetensors.h"
#include "tests/core/tensors.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QtTest/QTest>

using namespace thaw;
using testing::worst;

namespace {

std::string golden(const QString& name) { return std::string(THAW_GOLDEN) + "/" + name.toStdString() + ".safetensors"; }

}  // namespace

class GoldenTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // `relative`: outputs of VP and VE are hundreds wide at sigma 80, so theirs are compared relative to the largest.
    void cases_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("relative");
        QTest::newRow("DDPM++, EDM, colour 16x16 with augment labels") << "ddpmpp_edm" << false;
        QTest::newRow("DDPM++, EDM, grey 28x28") << "ddpmpp_gray_28" << false;
        QTest::newRow("NCSN++, EDM, ten classes with augment labels") << "ncsnpp_edm_cond" << false;
        QTest::newRow("ADM, EDM, ten classes") << "adm_edm_cond" << false;
        QTest::newRow("DDPM++, VP") << "ddpmpp_vp" << true;
        QTest::newRow("NCSN++, VE") << "ncsnpp_ve" << true;
    }

    void denoiserMatchesReference_data() { cases_data(); }
    void denoiserMatchesReference() {
        QFETCH(QString, name);
        QFETCH(bool, relative);
        auto model = readModelFile(golden(name + ".weights"));
        const auto io = readSafeTensors(golden(name + ".io"));
        torch::NoGradGuard guard;
        const auto x = io.at("x", ""), sigma = io.at("sigma", ""), labels = io.find("class_labels");
        const auto near = [&](const torch::Tensor& d, const char* key) {
            const auto expected = io.at(key, "");
            const double tolerance = relative ? 1e-3 * expected.abs().max().item<double>() : 1e-4;
            const double error = worst(d, expected);
            qInfo("%s: %g of %g", key, error, tolerance);
            return error < tolerance;
        };
        QVERIFY(near(model.denoiser->forward(x, sigma, {labels, io.find("augment_labels"), {}}), "denoised"));
        if (io.find("denoised_no_augment").defined())
            QVERIFY(near(model.denoiser->forward(x, sigma, {labels, {}, {}}), "denoised_no_augment"));
        // The composed operations, which a second derivative needs, are the same network.
        QVERIFY(near(model.denoiser->forward(x, sigma, {labels, io.find("augment_labels"), {}}, {torch::kFloat, true}),
                     "denoised"));
    }

    void batchSizeAndOrderDoNotChangeTheOutput_data() { cases_data(); }
    void batchSizeAndOrderDoNotChangeTheOutput() {
        QFETCH(QString, name);
        auto model = readModelFile(golden(name + ".weights"));
        const auto io = readSafeTensors(golden(name + ".io"));
        torch::NoGradGuard guard;
        const Conditioning all{io.find("class_labels"), io.find("augment_labels"), {}};
        const auto x = io.at("x", ""), sigma = io.at("sigma", "");
        const auto together = model.denoiser->forward(x, sigma, all);
        for (std::int64_t first : {0, 1}) {
            const std::int64_t last = first + 3;  // an odd batch
            const auto part =
                model.denoiser->forward(x.slice(0, first, last), sigma.slice(0, first, last), all.slice(first, last));
            QVERIFY(torch::allclose(part, together.slice(0, first, last), 1e-4, 1e-4));
        }
    }

    void heunSamplerMatchesReference_data() { cases_data(); }
    void heunSamplerMatchesReference() {
        QFETCH(QString, name);
        QFETCH(bool, relative);
        auto model = readModelFile(golden(name + ".weights"));
        const auto io = readSafeTensors(golden(name + ".io"));
        SampleContext context;
        if (const auto labels = io.find("class_labels"); labels.defined())
            context.conditioning.classLabels = labels.slice(0, 0, 2);
        for (const int steps : {18, 5}) {
            SamplerConfig config;
            config.steps = steps;
            const auto expected = io.at("heun_" + std::to_string(steps) + "_steps", "");
            const double tolerance = relative ? 1e-3 * expected.abs().max().item<double>() : 1e-3;
            const double error = worst(sample(model.denoiser, io.at("latents", ""), config, context), expected);
            qInfo("%d steps: %g of %g", steps, error, tolerance);
            QVERIFY(error < tolerance);
        }
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
        QVERIFY(worst(sample(generator, io.at("z", ""), oneStepSampler()), io.at("one_step", "")) < 1e-4);
    }
};

THAW_TEST(GoldenTest);
#include "golden_test.moc"

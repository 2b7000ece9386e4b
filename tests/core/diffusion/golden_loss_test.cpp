// SPDX-License-Identifier: GPL-3.0-or-later
// Case 01 of tests/golden/training: the denoising loss of EDM and its gradients.
#include "core/diffusion/denoising_loss.h"
#include "core/diffusion/noise.h"
#include "core/io/model_file.h"
#include "tests/core/golden_case.h"
#include "tests/registry.h"

using namespace thaw;
using thaw::testing::GoldenCase;

class GoldenLossTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void lossAndGradientsMatchReference_data() {
        QTest::addColumn<QString>("model");
        const GoldenCase golden("01_edm_loss");
        for (const auto& [name, values] : golden.values().items()) QTest::newRow(name.c_str()) << QString(name.c_str());
    }
    void lossAndGradientsMatchReference() {
        QFETCH(QString, model);
        const auto name = model.toStdString();
        const GoldenCase golden("01_edm_loss");
        const auto& values = golden.values().at(name);
        auto denoiser = readModelFile(GoldenCase::path(values.at("weights"))).denoiser;
        denoiser->eval();
        const auto images = golden.at(name + ".images");
        // The generator's first numbers are the levels, then the noise.
        auto generator = seededGenerator(values.at("generator_seed").get<std::uint64_t>());
        const auto drawn = generator.clone();
        QVERIFY(torch::equal(torch::randn({images.size(0)}, drawn), golden.at(name + ".normal")));
        QVERIFY(torch::equal(torch::randn(images.sizes(), drawn), golden.at(name + ".noise")));

        const double pixels = double(images[0].numel());  // published: summed over C,H,W; here the mean
        Conditioning conditioning;
        if (golden.has(name + ".labels")) conditioning.classLabels = golden.at(name + ".labels");
        for (const bool composed : {false, true}) {
            const ForwardMode mode{torch::kFloat, composed};
            const auto levels = drawLevels(images.sizes(), {}, generator.clone());
            const auto losses = denoisingLosses(denoiser, images, levels, mode, conditioning) * pixels;
            GOLDEN(golden, name + ".loss_per_image", losses);
            const auto loss = denoisingLoss(denoiser, images, {}, generator.clone(), mode, conditioning);
            GOLDEN(golden, name + ".loss", loss * pixels);
            GOLDEN(golden, name + ".loss", loss,
                   torch::tensor(values.at("loss_mean_over_pixels").get<double>(), torch::kDouble));

            std::vector<torch::Tensor> parameters;
            const auto named = denoiser->named_parameters();
            for (const auto& key : values.at("parameters")) parameters.push_back(named[key.get<std::string>()]);
            QCOMPARE(parameters.size(), named.size());
            const auto gradients = torch::autograd::grad({loss * pixels}, parameters, {}, {}, false, true);
            GOLDEN(golden, name + ".gradient_norms", thaw::testing::gradientNorms(gradients));
        }
    }
};

THAW_TEST(GoldenLossTest);
#include "golden_loss_test.moc"

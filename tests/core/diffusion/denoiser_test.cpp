// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/denoiser.h"

#include "core/diffusion/noise.h"
#include "tests/core/closed_form_toy.h"
#include "tests/core/tensors.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QtTest/QTest>

#include <cmath>

using namespace thaw;
using testing::worst;

class DenoiserTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bothTimesAreEmbeddedAsAQuarterOfTheirLogarithm() {
        auto d = toy::twoTimeListener(Preconditioning::Edm, 5);
        const torch::NoGradGuard noGrad;
        const auto x = testing::noise({2, 1, 8, 8}).to(torch::kFloat);
        const auto sigma = torch::tensor({2.5f, 0.7f}), target = torch::tensor({0.6f, 0.01f});
        // EDM's wrapper written out, sigma_data = 0.5.
        const auto s = sigma.reshape({2, 1, 1, 1}), root = (s * s + 0.25).sqrt();
        const auto denoised = [&](const torch::Tensor& time) {
            const auto raw = d->model->forward(x / root, sigma.log() / 4, {{}, {}, time});
            return 0.25 / (s * s + 0.25) * x + 0.5 * s / root * raw;
        };
        const auto expected = denoised(target.log() / 4);
        QVERIFY(d->forward(x, sigma, {{}, {}, target}).allclose(expected, 1e-4, 1e-5));
        // A jump that names no end goes to the boundary.
        const auto boundary = denoised(torch::full({2}, float(std::log(0.002) / 4)));
        QVERIFY(d->forward(x, sigma).allclose(boundary, 1e-4, 1e-5));
        QVERIFY2(worst(expected, boundary) > 1e-3, "the network does not hear its second time");
    }

    void copiesHaveTheFourierFrequencies() {
        auto config = toy::network();
        config.embeddingType = EmbeddingType::Fourier;
        Denoiser original(config, Preconditioning::Edm);
        original->model->initialise(1);
        const std::string name = "model.map_noise.freqs";
        const auto frequencies = torch::tensor({1.5f, -2.0f, 16.0f, 0.25f});
        original->named_buffers()[name].copy_(frequencies);
        const auto copies = {cloneDenoiser(original, Preconditioning::D2o),
                             twoTimeDenoiser(original, Preconditioning::Edm, 5)};
        // The copies share nothing with it.
        original->named_buffers()[name].zero_();
        for (const auto& copy : copies) QVERIFY(torch::equal(copy->named_buffers()[name], frequencies));
    }
};

THAW_TEST(DenoiserTest);
#include "denoiser_test.moc"

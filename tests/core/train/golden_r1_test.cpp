// SPDX-License-Identifier: GPL-3.0-or-later
// Case 04 of tests/golden/training: R1 on images through a frozen feature network and the projected discriminator.
#include "core/device/compute_device.h"
#include "core/gan/gan_loss.h"
#include "core/train/critic.h"
#include "tests/core/golden_case.h"
#include "tests/registry.h"

using namespace thaw;
using thaw::testing::GoldenCase;

class GoldenR1Test : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void penaltyContributionAndGradientsMatchReference() {
        const GoldenCase golden("04_r1");
        const auto& values = golden.values();
        FinetuneConfig config;
        config.discriminatorKind = DiscriminatorKind::Projected;
        config.discriminatorWidth = values.at("width").get<int>();
        config.r1 = {values.at("gamma").get<double>(), values.at("interval").get<int>()};
        config.backbones.clear();
        for (const auto& file : golden.words("backbones")) config.backbones.push_back(GoldenCase::path(file));
        const auto images = golden.at("images").clone().requires_grad_(true);
        NetworkConfig network;  // says nothing here but the size of the images
        network.imgResolution = int(images.size(2));
        network.imgChannels = int(images.size(1));
        network.modelChannels = 8;
        network.channelMult = {1};
        network.numBlocks = 1;
        network.attnResolutions = {};
        Critic critic(config, Denoiser(network, Preconditioning::Edm), torch::kCPU);
        const auto weights = golden.below("weights.");
        thaw::testing::plant(critic.heads->named_parameters(), weights);
        thaw::testing::plant(critic.heads->named_buffers(), weights);
        critic.heads->train();

        const auto mode = ComputeDevice::penalty();
        const auto maps = critic.features(images, {}, mode);
        QCOMPARE(maps.size(), config.backbones.size());
        for (std::size_t i = 0; i < maps[0].size(); ++i) {
            using torch::indexing::Slice;
            const auto key = "backbone.map" + std::to_string(i);
            GOLDEN(golden, key + ".mean_per_channel", maps[0][i].mean({2, 3}));
            GOLDEN(golden, key + ".corner", maps[0][i].index({Slice(), Slice(), Slice(0, 2), Slice(0, 2)}));
        }
        const auto logits = critic.heads->forward(maps, {}, true);
        GOLDEN(golden, "penalty_per_image", r1Penalties(logits, images));
        const auto contribution = r1Penalty(logits, images) * r1Gain(config.r1);
        GOLDEN(golden, "contribution", contribution);
        std::vector<torch::Tensor> parameters;
        const auto named = critic.heads->named_parameters();
        for (const auto& key : golden.words("parameters")) parameters.push_back(named[key]);
        QCOMPARE(parameters.size(), named.size());
        GOLDEN(golden, "gradient_norms",
               thaw::testing::gradientNorms(torch::autograd::grad({contribution}, parameters, {}, {}, false, true)));
    }
};

THAW_TEST(GoldenR1Test);
#include "golden_r1_test.moc"

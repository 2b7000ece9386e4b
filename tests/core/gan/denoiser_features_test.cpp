// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gan/denoiser_features.h"

#include "core/diffusion/noise.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <QtTest/QTest>

using namespace thaw;

class DenoiserFeaturesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    // What the first blocks of the levels answer while the denoiser itself cleans the noised images.
    void mapsAreTheDenoisersOwnResponsesToTheNoisedImages() {
        const torch::NoGradGuard guard;
        auto denoiser = toy::denoiser(2);
        denoiser->to(torch::kDouble);
        const ForwardMode mode{torch::kDouble, true};
        const auto images = torch::randn({2, 1, 8, 8}, seededGenerator(1), torch::kDouble);
        const FeatureNoise noise{torch::tensor({0.04, 0.35}, torch::kDouble),
                                 torch::randn({2, 1, 8, 8}, seededGenerator(2), torch::kDouble)};
        std::vector<torch::Tensor> heard;
        denoiser->forward(images + noise.sigma.reshape({2, 1, 1, 1}) * noise.normal, noise.sigma, {}, mode,
                          [&](const std::string& name, torch::Tensor& response) {
                              if (name == "enc.8x8_block0" || name == "enc.4x4_block0")
                                  heard.push_back(response.clone());
                          });
        DenoiserFeatures features(denoiser);
        const auto maps = features.maps(images, noise, mode);
        QCOMPARE(heard.size(), std::size_t(2));
        QCOMPARE(maps.size(), heard.size());
        for (std::size_t i = 0; i < maps.size(); ++i) {
            QVERIFY(torch::allclose(maps[i], heard[i], 1e-9, 1e-12));
            QCOMPARE(maps[i].size(1), std::int64_t(features.levels()[i].channels));
            QCOMPARE(maps[i].size(3), std::int64_t(features.levels()[i].resolution));
        }
    }

    // ln sigma is uniform from ln 0.03 to ln 0.37: its mean is their middle, its deviation the distance over sqrt(12).
    void noiseIsLogUniformBetweenItsLevels() {
        constexpr std::int64_t kCount = 4000;
        const auto noise = DenoiserFeatures::drawNoise(torch::zeros({kCount, 1, 2, 2}), seededGenerator(3));
        QCOMPARE(noise.sigma.sizes(), (at::IntArrayRef{kCount}));
        QCOMPARE(noise.normal.sizes(), (at::IntArrayRef{kCount, 1, 2, 2}));
        const auto logarithm = noise.sigma.to(torch::kDouble).log();
        const double low = std::log(0.03), high = std::log(0.37), width = high - low;
        const double least = logarithm.min().item<double>(), largest = logarithm.max().item<double>();
        QVERIFY(least >= low - 1e-5 && least < low + 0.01 * width);
        QVERIFY(largest <= high + 1e-5 && largest > high - 0.01 * width);
        QVERIFY(std::abs(logarithm.mean().item<double>() - (low + high) / 2) < 0.03 * width);
        QVERIFY(std::abs(logarithm.std().item<double>() - width / std::sqrt(12.0)) < 0.02 * width);
    }
};

THAW_TEST(DenoiserFeaturesTest);
#include "denoiser_features_test.moc"

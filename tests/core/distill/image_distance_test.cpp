// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/distill/image_distance.h"

#include "core/diffusion/noise.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <QtTest/QTest>

using namespace thaw;

class ImageDistanceTest : public QObject {
    Q_OBJECT

    // The mean over positions of |p/|p| - q/|q||² for one image's maps [C, R, R], number by number.
    static double levelDistance(const torch::Tensor& p, const torch::Tensor& q) {
        const auto a = p.contiguous(), b = q.contiguous();
        const auto x = a.accessor<double, 3>(), y = b.accessor<double, 3>();
        double sum = 0;
        for (std::int64_t i = 0; i < x.size(1); ++i)
            for (std::int64_t j = 0; j < x.size(2); ++j) {
                double xx = 0, yy = 0, xy = 0;
                for (std::int64_t c = 0; c < x.size(0); ++c) {
                    xx += x[c][i][j] * x[c][i][j];
                    yy += y[c][i][j] * y[c][i][j];
                    xy += x[c][i][j] * y[c][i][j];
                }
                sum += 2 - 2 * xy / std::sqrt(xx * yy);
            }
        return sum / double(x.size(1) * x.size(2));
    }

private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    // The levels have 8 channels at 8×8 and 16 at 4×4, so a mean over channels or a norm along rows would show.
    void featuresAreComparedPositionByPositionOnEveryLevel() {
        const torch::NoGradGuard guard;
        auto frozen = toy::denoiser(2);
        for (auto& p : frozen->parameters()) p.set_requires_grad(false);
        frozen->to(torch::kDouble);
        const ForwardMode mode{torch::kDouble, true};
        const auto a = torch::randn({3, 1, 8, 8}, seededGenerator(1), torch::kDouble),
                   b = torch::randn({3, 1, 8, 8}, seededGenerator(2), torch::kDouble);
        const FeatureNoise noise{torch::tensor({0.05, 0.1, 0.3}, torch::kDouble),
                                 torch::randn({3, 1, 8, 8}, seededGenerator(3), torch::kDouble)};
        DenoiserFeatures features(frozen);
        const auto mapsOfA = features.maps(a, noise, mode), mapsOfB = features.maps(b, noise, mode);
        QCOMPARE(mapsOfA.size(), std::size_t(2));
        DistillConfig config;
        config.distance = ImageDistance::Features;
        ImageDistanceMeasure distance(config, frozen, torch::kCPU);
        const auto made = distance.perImage(a, b, noise, mode);
        QCOMPARE(made.sizes(), (at::IntArrayRef{3}));
        double mean = 0;
        for (int k = 0; k < 3; ++k) {
            const double expected =
                levelDistance(mapsOfA[0][k], mapsOfB[0][k]) + levelDistance(mapsOfA[1][k], mapsOfB[1][k]);
            QVERIFY2(std::abs(made[k].item<double>() - expected) < 1e-6 * expected,
                     qPrintable(QString("%1 instead of %2").arg(made[k].item<double>()).arg(expected)));
            mean += expected / 3;
        }
        QVERIFY(std::abs(distance(a, b, noise, mode).item<double>() - mean) < 1e-6 * mean);
    }
};

THAW_TEST(ImageDistanceTest);
#include "image_distance_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/fid_measurement.h"

#include "core/diffusion/noise.h"
#include "core/diffusion/seed_sampling.h"
#include "core/metrics/frechet_distance.h"
#include "core/metrics/kernel_distance.h"
#include "core/metrics/precision_recall.h"
#include "tests/core/other_device.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <QTest>

using namespace thaw;

namespace {

Denoiser wideToy() {
    Denoiser denoiser(toy::network(28), Preconditioning::Edm);
    denoiser->model->initialise(1);
    return denoiser;
}

// Samples of these seeds as they are measured: 8 bits.
torch::Tensor imagesOf(std::uint64_t first, std::uint64_t count) {
    auto denoiser = wideToy();
    std::vector<std::uint64_t> seeds;
    for (std::uint64_t k = 0; k < count; ++k) seeds.push_back(first + k);
    return quantise(sampleSeeds(denoiser, seeds, oneStepSampler(), toy::cpu())).cpu();
}

// Half of the real images are such as the generator makes, half are noise.
Dataset halfKnown() {
    Dataset data;
    data.images =
        torch::cat({imagesOf(1000, 40), torch::randint(256, {40, 1, 28, 28}, seededGenerator(2), torch::kByte)});
    data.title = data.path = "half";
    return data;
}

}  // namespace

class FidMeasurementTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aLiveDistanceIsThatOfTheSamplesOfItsSeeds() {
        MeasureChoice choice;
        choice.features = "builtin";
        const auto reference = std::make_shared<FidReference>(halfKnown(), choice, toy::cpu());
        FidOptions options;
        options.images = 150;
        options.kid = options.coverage = true;
        FidMeasurement measurement(wideToy(), reference, toy::cpu(), options);
        while (!measurement.advance()) QVERIFY(measurement.progress() < 1);
        const auto point = measurement.point(1.5);

        // In the pieces in which they are measured, so that nothing is rounded otherwise.
        const auto made = torch::cat({reference->network().extract(imagesOf(0, 100)).features,
                                      reference->network().extract(imagesOf(100, 50)).features});
        FeatureStatistics statistics;
        statistics.add(made.slice(0, 0, 100));
        statistics.add(made.slice(0, 100));
        QCOMPARE(point.kimg, 1.5);
        QCOMPARE(point.num, std::int64_t(150));
        QCOMPARE(point.fid, frechetDistance(statistics.moments(), reference->statistics().moments));
        const auto real = reference->vectors(150);
        QCOMPARE(real.size(0), std::int64_t(80));
        QCOMPARE(point.kid.value(), kernelDistance(made, real));
        const auto covered = measureCoverage(real, made, 3);
        QCOMPARE(point.precision.value(), covered.precision);
        QCOMPARE(point.recall.value(), covered.recall);
        QVERIFY(covered.recall <= 0.5 && covered.precision != covered.recall);  // noise is not covered
    }

    void figuresOfAnotherDeviceAreTheCpus() {
        const auto pointOn = [](torch::Device device) {
            const ComputeDevice compute{device, torch::kFloat, 1};
            MeasureChoice choice;
            choice.features = "builtin";
            FidOptions options;
            options.images = 60;
            options.kid = options.coverage = true;
            auto generator = wideToy();
            generator->to(device);
            FidMeasurement measurement(generator, std::make_shared<FidReference>(halfKnown(), choice, compute), compute,
                                       options);
            while (!measurement.advance()) {
            }
            return measurement.point(1);
        };
        const auto expected = pointOn(torch::kCPU);
        for (const auto& device : elsewhere::devices()) {
            const auto found = pointOn(device);
            QVERIFY(std::abs(found.fid - expected.fid) <= 1e-3 * expected.fid);
            QVERIFY(std::abs(found.kid.value() - expected.kid.value()) <= 1e-3 * std::abs(expected.kid.value()));
            QCOMPARE(found.precision.value(), expected.precision.value());
            QCOMPARE(found.recall.value(), expected.recall.value());
        }
    }
};

THAW_TEST(FidMeasurementTest);
#include "fid_measurement_test.moc"

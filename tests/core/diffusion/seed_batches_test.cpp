// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/seed_batches.h"

#include "core/diffusion/seed_sampling.h"
#include "tests/core/conditional_toy.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QtTest/QTest>

using namespace thaw;

class SeedBatchesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Three batches, the last of one image, none of which has the classes of the first.
    void everyImageIsOfItsOwnListedClass() {
        auto network = toy::conditional();
        const std::vector<std::uint64_t> seeds{4, 5, 6, 7, 8};
        std::vector<torch::Tensor> ofClass;
        for (int index = 0; index < toy::kClasses; ++index) {
            auto plain = toy::toldOneClass(network, index);
            ofClass.push_back(sampleSeeds(plain, seeds, oneStepSampler(), toy::cpu()));
        }
        const auto made = [&](const std::vector<double>& labels) {
            const SeedBatches how{oneStepSampler(), labels, 2, Precision::Float32};
            std::vector<torch::Tensor> batches;
            sampleBatches(network, toy::cpu(), how, {seeds},
                          [&](const torch::Tensor& batch) { batches.push_back(batch.clone()); });
            return torch::cat(batches);
        };
        const std::vector<double> labels{0, 1, 2, 2, 1};
        std::vector<torch::Tensor> expected;
        for (std::size_t k = 0; k < labels.size(); ++k)
            expected.push_back(ofClass[std::size_t(labels[k])][std::int64_t(k)]);
        QVERIFY(made(labels).allclose(torch::stack(expected), 1e-4, 1e-5));
        QVERIFY(made({2}).allclose(ofClass[2], 1e-4, 1e-5));
    }
};

THAW_TEST(SeedBatchesTest);
#include "seed_batches_test.moc"

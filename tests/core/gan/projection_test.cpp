// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gan/projection.h"

#include "core/diffusion/noise.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QtTest/QTest>

using namespace thaw;

class ProjectionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // PyTorch's default: weight and bias uniform within 1/sqrt(fan in). Only scale0 has as many outputs as inputs.
    void weightsAndBiasesSpreadByTheFanIn() {
        Projection projection(std::vector<Backbone::Level>{{24, 8}, {40, 4}}, 64);
        projection->initialise(seededGenerator(1));
        const auto buffers = projection->named_buffers();
        const std::vector<std::pair<std::string, int>> fanIn{
            {"channel0", 24}, {"scale0", 64}, {"channel1", 40}, {"scale1", 128}};
        for (const auto& [name, fan] : fanIn) {
            const double bound = 1 / std::sqrt(double(fan));
            const auto weight = buffers[name + "_weight"], bias = buffers[name + "_bias"];
            QCOMPARE(weight.size(1), std::int64_t(fan));
            // Of 1,536 numbers and more the largest is near the bound; of 64 it is not far.
            for (const auto& [values, reach] : {std::pair{weight, 0.98}, std::pair{bias, 0.7}}) {
                const double high = values.max().item<double>(), low = values.min().item<double>();
                QVERIFY2(std::max(high, -low) <= bound * (1 + 1e-6), name.c_str());
                QVERIFY2(std::min(high, -low) > reach * bound, name.c_str());
            }
        }
    }
};

THAW_TEST(ProjectionTest);
#include "projection_test.moc"

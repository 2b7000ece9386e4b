// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gan/augment.h"

#include "core/diffusion/noise.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QtTest/QTest>

using namespace thaw;

class AugmentTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Beyond its border an image goes on as its own mirror image, the outermost pixel twice.
    void movedImagesAreMirroredAtTheirBorders() {
        const auto x = torch::rand({1, 3, 8, 8}, seededGenerator(3)) + 0.5;
        const auto shifted = [&](double columns, double rows) {
            auto geometry = torch::eye(3, torch::kDouble);
            geometry[0][2] = columns * 2 / 8;
            geometry[1][2] = rows * 2 / 8;
            return augmented(x, {geometry.unsqueeze(0), torch::eye(3, 4, torch::kDouble).unsqueeze(0)});
        };
        const auto same = [](const torch::Tensor& a, const torch::Tensor& b) {
            return torch::allclose(a, b, 1e-4, 1e-5);
        };
        const auto atTheRight = torch::cat({x.slice(3, 2, 8), x.slice(3, 6, 8).flip({3})}, 3),
                   atTheTop = torch::cat({x.slice(2, 0, 3).flip({2}), x.slice(2, 0, 5)}, 2);
        QVERIFY(same(shifted(2, 0), atTheRight));
        QVERIFY(same(shifted(0, -3), atTheTop));
    }
};

THAW_TEST(AugmentTest);
#include "augment_test.moc"

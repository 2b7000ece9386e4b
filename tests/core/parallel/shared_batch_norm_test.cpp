// SPDX-License-Identifier: GPL-3.0-or-later
// BatchNorm over the images of several processes is LibTorch's over all of them, differentiated once and twice.
#include "core/parallel/shared_batch_norm.h"
#include "tests/core/several_processes.h"
#include "tests/core/tensors.h"
#include "tests/registry.h"

#include <QtTest/QTest>

using namespace thaw;

namespace {

constexpr std::int64_t kImages = 6;

// What R1 does: the loss has the squared gradient of the logits with respect to the images in it.
struct Normed {
    torch::Tensor images, output, penalty, imageGradient, weightGradient, runningMean, runningVar;
};

Normed normed(Rows rows, const ProcessesPtr& processes) {
    torch::nn::BatchNorm2d norm(3);
    norm->to(torch::kDouble);
    {
        const torch::NoGradGuard guard;
        norm->weight.copy_(testing::noise({3}, 8));
        norm->bias.copy_(testing::noise({3}, 9));
    }
    Normed result;
    const auto all = 5 + 2 * testing::noise({kImages, 3, 4, 4});
    result.images = all.slice(0, rows.first, rows.last).detach().clone().requires_grad_(true);
    result.output = processes ? sharedBatchNorm(result.images, *norm, processes) : norm->forward(result.images);
    const auto weights = testing::noise({kImages, 3, 4, 4}, 5).slice(0, rows.first, rows.last);
    const auto logits = (result.output.tanh() * weights).sum();
    const auto slope = torch::autograd::grad({logits}, {result.images}, {}, true, /*create_graph=*/true)[0];
    result.penalty = slope.square().sum() / double(kImages);
    result.penalty.backward();
    result.imageGradient = result.images.grad();
    result.weightGradient = norm->weight.grad();
    result.runningMean = norm->running_mean;
    result.runningVar = norm->running_var;
    return result;
}

bool close(const torch::Tensor& a, const torch::Tensor& b) { return testing::worst(a, b) < 1e-11; }

}  // namespace

class SharedBatchNormTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isLibTorchsOverAllImages() {
        for (const int count : {2, 3})
            several::processes(count, [&](const ProcessesPtr& p) {
                const auto whole = normed({0, kImages}, {});
                const auto rows = p->rowsOf(kImages);
                const auto part = normed(rows, p);
                const auto ofWhole = [&](const torch::Tensor& x) { return x.slice(0, rows.first, rows.last); };
                if (!close(part.output, ofWhole(whole.output))) throw std::runtime_error("output");
                if (!close(part.imageGradient, ofWhole(whole.imageGradient))) throw std::runtime_error("images");
                auto weight = part.weightGradient.clone(), penalty = part.penalty.detach().reshape({1}).clone();
                p->sum(weight);
                p->sum(penalty);
                if (!close(weight, whole.weightGradient)) throw std::runtime_error("weight");
                if (!close(penalty, whole.penalty.detach().reshape({1}))) throw std::runtime_error("penalty");
                if (!close(part.runningMean, whole.runningMean)) throw std::runtime_error("running mean");
                if (!close(part.runningVar, whole.runningVar)) throw std::runtime_error("running variance");
            });
    }
};

THAW_TEST(SharedBatchNormTest);

#include "shared_batch_norm_test.moc"

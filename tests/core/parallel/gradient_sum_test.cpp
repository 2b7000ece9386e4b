// SPDX-License-Identifier: GPL-3.0-or-later
// Gradients of a batch that several processes share are those of the batch.
#include "core/parallel/gradient_sum.h"
#include "tests/core/several_processes.h"
#include "tests/core/tensors.h"
#include "tests/registry.h"

#include <QtTest/QTest>

using namespace thaw;

namespace {

constexpr std::int64_t kRows = 7, kWidth = 5;

// y = tanh(x W^T + b), loss = sum over rows of |y|² / kRows; `spare` has no part in it.
struct Layer {
    torch::Tensor w, b, spare;
    Layer() {
        const auto generator = at::make_generator<at::CPUGeneratorImpl>(3);
        w = torch::randn({kWidth, kWidth}, generator).to(torch::kDouble).requires_grad_(true);
        b = torch::randn({kWidth}, generator).to(torch::kDouble).requires_grad_(true);
        spare = torch::zeros({2}, torch::kDouble).requires_grad_(true);
    }
    torch::Tensor loss(Rows rows) const {
        const auto x = torch::randn({kRows, kWidth}, at::make_generator<at::CPUGeneratorImpl>(4)).to(torch::kDouble);
        return torch::tanh(torch::linear(x.slice(0, rows.first, rows.last), w, b)).square().sum() / kRows;
    }
    std::vector<torch::Tensor> parameters() const { return {spare, w, b}; }
    void clear() {
        for (auto* p : {&w, &b, &spare}) p->mutable_grad() = torch::Tensor();
    }
};

bool isNear(const torch::Tensor& a, const torch::Tensor& b) {
    return a.defined() && (a - b).abs().max().item<double>() < 1e-14;
}

void require(bool holds, const char* what) {
    if (!holds) throw std::runtime_error(what);
}

}  // namespace

class GradientSumTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sharedRowsHaveTheGradientOfAll_data() {
        QTest::addColumn<int>("processes");
        QTest::addColumn<qint64>("bucket");
        QTest::newRow("two, a bucket each") << 2 << qint64(1);
        QTest::newRow("two, one bucket") << 2 << qint64(1000);
        QTest::newRow("three, two in the last") << 3 << qint64(kWidth * kWidth + 2);
    }
    void sharedRowsHaveTheGradientOfAll() {
        QFETCH(int, processes);
        QFETCH(qint64, bucket);
        several::processes(processes, [&](const ProcessesPtr& p) {
            Layer whole, shared;
            whole.loss({0, kRows}).backward();
            GradientSum sum(p, shared.parameters(), /*firstBucket=*/1, bucket);
            for (int update = 0; update < 2; ++update) {
                sum.backward(shared.loss(p->rowsOf(kRows)));
                require(isNear(shared.w.grad(), whole.w.grad()) && isNear(shared.b.grad(), whole.b.grad()), "gradient");
                require(!shared.spare.grad().defined(), "what has no gradient keeps none");
                require(sum.sentEarly() == sum.bucketCount(), "all were sent while the pass went on");
                shared.clear();
            }
        });
    }

    void microBatchesAddUpBeforeTheyAreSent() {
        several::processes(2, [](const ProcessesPtr& p) {
            Layer whole, shared;
            whole.loss({0, kRows}).backward();
            GradientSum sum(p, shared.parameters());
            const auto own = p->rowsOf(kRows);
            shared.loss({own.first, own.first + 1}).backward();
            sum.backward(shared.loss({own.first + 1, own.last}));
            require(isNear(shared.w.grad(), whole.w.grad()) && isNear(shared.b.grad(), whole.b.grad()), "gradient");
        });
    }

    // A parameter that only an earlier pass of the update has used is added up too.
    void whatTheLastPassDoesNotUseIsSentToo() {
        several::processes(2, [](const ProcessesPtr& p) {
            Layer layer;
            GradientSum sum(p, layer.parameters());
            (layer.spare.sum() * (p->rank() + 1)).backward();
            sum.backward(layer.loss(p->rowsOf(kRows)));
            require(isNear(layer.spare.grad(), torch::full({2}, 3.0, torch::kDouble)), "of an earlier pass");
        });
    }

    void passesOfOthersAreLeftAlone() {
        several::processes(2, [](const ProcessesPtr& p) {
            Layer layer;
            { GradientSum gone(p, layer.parameters()); }
            layer.loss(p->rowsOf(kRows)).backward();
            Layer alone;
            alone.loss(p->rowsOf(kRows)).backward();
            require(isNear(layer.w.grad(), alone.w.grad()), "a sum that is gone adds nothing");
        });
    }
};

THAW_TEST(GradientSumTest);

#include "gradient_sum_test.moc"

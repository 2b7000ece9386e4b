// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spectral/block_swap.h"

#include "tests/core/faults.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <QTest>

#include <cmath>
#include <numeric>

using namespace thaw;

namespace {

BlockSwapRequest smallSwap() {
    BlockSwapRequest request;
    request.images = 5;
    request.chunk = 3;
    return request;
}

std::vector<torch::Tensor> weightsOf(const Denoiser& denoiser) {
    std::vector<torch::Tensor> weights;
    for (const auto& p : denoiser->parameters()) weights.push_back(p.detach().clone());
    return weights;
}

bool equal(const std::vector<torch::Tensor>& a, const std::vector<torch::Tensor>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) { return x.equal(y); });
}

std::vector<std::string> allModules(const Denoiser& denoiser) {
    std::vector<std::string> names;
    for (const auto& block : denoiser->model->blocks()) names.push_back(block.name);
    return names;
}

}  // namespace

class BlockSwapTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void swappingAllBlocksBackGivesThePretrainedOutput() {
        auto tuned = toy::denoiser(1), pretrained = toy::denoiser(2);
        const auto x = noisyInputs(tuned->config(), {}, 80, 0, 3);
        const auto before = weightsOf(tuned);
        {
            const SwappedWeights swapped(tuned, pretrained, allModules(tuned));
            QVERIFY(probe(tuned, x, 80).equal(probe(pretrained, x, 80)));
        }
        QVERIFY(equal(weightsOf(tuned), before));
    }

    void weightsComeBackBitForBitAlsoAfterAFault() {
        auto tuned = toy::denoiser(1), pretrained = toy::denoiser(2);
        const auto before = weightsOf(tuned), source = weightsOf(pretrained);
        try {
            const SwappedWeights swapped(tuned, pretrained, {"enc.8x8_block0", "enc.8x8_block0"});
            QVERIFY(!equal(weightsOf(tuned), before));
            throw std::runtime_error("in the middle");
        } catch (const std::runtime_error&) {
        }
        QVERIFY(equal(weightsOf(tuned), before));
        // Refused before anything is touched.
        auto config = toy::network();
        config.modelChannels = 16;
        Denoiser other(config, Preconditioning::Edm);
        QVERIFY(faultOf([&] { SwappedWeights(tuned, other, {"map_layer0", "enc.8x8_conv"}); }).startsWith("WrongKind"));
        QVERIFY(faultOf([&] {
                    SwappedWeights(tuned, pretrained, {"enc.8x8_conv", "enc.9x9"});
                }).startsWith("WrongKind"));
        QVERIFY(equal(weightsOf(tuned), before) && equal(weightsOf(pretrained), source));
    }

    void theChangeIsThatOfTheOutput() {
        auto tuned = toy::denoiser(1), pretrained = toy::denoiser(2);
        const auto before = weightsOf(tuned);
        auto request = smallSwap();
        request.blocks = {"dec.8x8_block0", "map_layer0"};
        BlockSwap swap(tuned, pretrained, {}, request, "tuned", "pre-trained");
        QVERIFY(runToEnd(swap));
        QVERIFY(equal(weightsOf(tuned), before));
        const auto table = swap.value();
        QVERIFY(table.images == (std::vector<std::int64_t>{5, 5}));

        const auto x = noisyInputs(tuned->config(), {}, 80, 0, 5);
        const auto output = probe(tuned, x, 80);
        for (std::size_t b = 0; b < 2; ++b) {
            const SwappedWeights swapped(tuned, pretrained, {request.blocks[b]});
            const auto change = probe(tuned, x, 80) - output;
            const double energy = change.square().mean().item<double>();
            QVERIFY(energy > 0 && std::abs(table.energy[b] / energy - 1) < 1e-3);
        }
        const double whole = (probe(pretrained, x, 80) - output).square().mean().item<double>();
        QVERIFY(std::abs(table.wholeEnergy[0] / whole - 1) < 1e-3);
        QVERIFY(std::abs(table.share[0] - table.energy[0] / table.wholeEnergy[0]) < 1e-12);
        QCOMPARE(table.power.size(), std::size_t(2 * 5));
    }

    void aBlockThatWasNotTunedChangesNothing() {
        auto pretrained = toy::denoiser(1);
        auto tuned = cloneDenoiser(pretrained, Preconditioning::Edm);
        torch::NoGradGuard noGrad;
        tuned->model->named_parameters()["dec.8x8_aux_conv.bias"].add_(0.5);
        BlockSwap swap(tuned, pretrained, {}, smallSwap());
        runToEnd(swap);
        const auto table = swap.value();
        for (std::size_t b = 0; b < table.blocks.size(); ++b) {
            const bool changed = table.blocks[b] == "dec.8x8_aux_conv";
            QCOMPARE(table.energy[b] > 0, changed);
            if (!changed) continue;
            QCOMPARE(table.share[b], 1.0);
            // A bias moves every pixel alike: ring 0 alone.
            for (std::size_t k = 1; k < table.frequencies.size(); ++k)
                QVERIFY(table.power[table.cell(b, 0, k)] < 1e-9 * table.power[table.cell(b, 0, 0)]);
        }
    }

    void cancellingLeavesAPartAndTheWeights() {
        auto tuned = toy::denoiser(1), pretrained = toy::denoiser(2);
        const auto before = weightsOf(tuned);
        BlockSwap swap(tuned, pretrained, {}, smallSwap());
        QVERIFY(!runToEnd(swap, [](double share) { return share < 0.2; }));
        QVERIFY(equal(weightsOf(tuned), before));
        const auto part = swap.value();
        QCOMPARE(part.images.front(), 2);
        QVERIFY(part.energy.front() > 0);
    }

    void impossibleRequestsAreNamed() {
        auto request = smallSwap();
        request.blocks = {"enc.99x99"};
        const auto fault = faultOf([&] { BlockSwap(toy::denoiser(), toy::denoiser(), {}, request); });
        QVERIFY2(fault.startsWith("Usage") && fault.contains("enc.99x99"), qPrintable(fault));
        request = smallSwap();
        request.sigmas = {-1};
        QVERIFY(faultOf([&] { BlockSwap(toy::denoiser(), toy::denoiser(), {}, request); }).startsWith("Configuration"));
        Denoiser other(toy::network(16), Preconditioning::Edm);
        QVERIFY(faultOf([&] { BlockSwap(toy::denoiser(), other, {}, smallSwap()); }).startsWith("WrongKind"));
    }
};

THAW_TEST(BlockSwapTest);
#include "block_swap_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/layers.h"
#include "core/diffusion/denoiser.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QtTest/QTest>

using namespace thaw;

namespace {

// One query at a time, as the formula reads: head h owns channels 3·width·h and on, in them 3c+{0: q, 1: k, 2: v}.
torch::Tensor attentionByHand(const torch::Tensor& qkv, std::int64_t heads) {
    const std::int64_t C = qkv.size(1) / 3, width = C / heads, places = qkv.size(2) * qkv.size(3);
    const auto flat = qkv.reshape({qkv.size(0), 3 * C, places});
    auto out = torch::zeros({qkv.size(0), C, places}, qkv.options());
    for (std::int64_t n = 0; n < qkv.size(0); ++n)
        for (std::int64_t h = 0; h < heads; ++h)
            for (std::int64_t i = 0; i < places; ++i) {
                auto scores = torch::zeros({places}, qkv.options());
                for (std::int64_t c = 0; c < width; ++c)
                    scores += flat[n][3 * (h * width + c)][i] * flat[n][3 * (h * width + c) + 1];
                const auto weights = torch::softmax(scores / std::sqrt(double(width)), 0);
                for (std::int64_t c = 0; c < width; ++c)
                    out[n][h * width + c][i] = (weights * flat[n][3 * (h * width + c) + 2]).sum();
            }
    return out.reshape({qkv.size(0), C, qkv.size(2), qkv.size(3)});
}

}  // namespace

class LayersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void attentionIsItsFormulaForEveryHead() {
        torch::manual_seed(2);
        for (const std::int64_t heads : {1, 2, 3}) {
            const auto qkv = torch::randn({2, 18, 2, 3}, torch::kDouble);
            for (const auto& input : {qkv, qkv.contiguous(torch::MemoryFormat::ChannelsLast)})
                QVERIFY((attention(input, heads) - attentionByHand(qkv, heads)).abs().max().item<double>() < 1e-12);
        }
    }

    // A map in another order costs a copy at every operation that follows. One channel is the hard case: LibTorch takes
    // such a map for channels-first.
    void everyMapOfAForwardPassIsChannelsLast() {
        for (const int channels : {1, 3}) {
            NetworkConfig config = defaultNetwork(16, channels);
            config.attnResolutions = {8};
            Denoiser denoiser(config, Preconditioning::Edm);
            denoiser->model->initialise(1);
            int maps = 0;
            QStringList others;
            const ResponseHook hook = [&](const std::string& name, torch::Tensor& response) {
                if (name == "output" || response.dim() != 4) return;
                ++maps;
                if (!response.is_contiguous(torch::MemoryFormat::ChannelsLast)) others << QString::fromStdString(name);
            };
            for (const auto type : {torch::kFloat, torch::kBFloat16}) {
                ForwardMode mode;
                mode.dtype = type;
                denoiser->forward(torch::randn({2, channels, 16, 16}), torch::full({1}, 2.0), {}, mode, hook);
            }
            QVERIFY(maps > 100);
            QVERIFY2(others.isEmpty(), qPrintable(others.join(' ')));
        }
    }
};

THAW_TEST(LayersTest);
#include "layers_test.moc"

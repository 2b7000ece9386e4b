// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/network_config.h"
#include "core/nn/unet_block.h"
#include "core/values/model_summary.h"

#include <functional>

namespace thaw {

/// Called with the output of every top-level module that makes a map, e.g. (`enc.28x28_block0`, [N, C, H, W]).
using ResponseHook = std::function<void(const std::string& block, const torch::Tensor& response)>;

/// Optional inputs of the network.
struct Conditioning {
    torch::Tensor classLabels;    ///< [N, label_dim] one-hot, undefined = zeros
    torch::Tensor augmentLabels;  ///< [N, augment_dim], undefined = none
};

/// SongUNet in its DDPM++ form (Song et al. 2021, as used by Karras et al. 2022): positional noise embedding, standard
/// encoder and decoder. Module names are EDM's (`enc`, `28x28_block0`, `conv0`, ...), so weights load unmapped.
/// F(x; c_noise): x [N, C, R, R], noise [N] -> [N, C, R, R] in mode.dtype.
class SongUNetImpl : public torch::nn::Module {
public:
    explicit SongUNetImpl(const NetworkConfig& config);

    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& noise, const Conditioning& conditioning = {},
                          const ForwardMode& mode = {}, const ResponseHook& hook = {});

    /// The noise embedding, float [N, 4·model_channels].
    torch::Tensor embed(const torch::Tensor& noise, const Conditioning& conditioning);
    /// The encoder alone: its outputs by block name, highest resolution first. A cheap feature pyramid.
    std::vector<std::pair<std::string, torch::Tensor>> encode(const torch::Tensor& x, const torch::Tensor& embedding,
                                                              const ForwardMode& mode, const ResponseHook& hook = {});

    /// Fresh weights from this seed: xavier uniform, residual branches near 0.
    void initialise(std::uint64_t seed);
    const NetworkConfig& config() const { return config_; }
    /// Top-level modules in forward order with their parameters.
    std::vector<BlockInfo> blocks() const;

private:
    struct Stage {
        std::string name;
        int resolution;
        UNetBlock block{nullptr};
        Conv2d conv{nullptr};
        GroupNorm norm{nullptr};
    };
    void buildEncoder(torch::nn::Module& enc);
    void buildDecoder(torch::nn::Module& dec);
    UNetBlock addBlock(torch::nn::Module& parent, std::vector<Stage>& stages, int resolution, const std::string& name,
                       const UNetBlockConfig& block);

    NetworkConfig config_;
    Linear mapLabel_{nullptr}, mapAugment_{nullptr}, mapLayer0_{nullptr}, mapLayer1_{nullptr};
    std::vector<Stage> encoder_, decoder_;
    std::vector<std::int64_t> skipChannels_;
};
TORCH_MODULE(SongUNet);

}  // namespace thaw

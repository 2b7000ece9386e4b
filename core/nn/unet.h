// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/network_config.h"
#include "core/nn/unet_block.h"
#include "core/values/model_summary.h"

namespace thaw {

/// Optional inputs of the network.
struct Conditioning {
    torch::Tensor classLabels;    ///< [N, label_dim] one-hot, undefined = zeros
    torch::Tensor augmentLabels;  ///< [N, augment_dim], undefined = none
    /// Two-time networks: where the jump ends, [N] or [1]. A sigma for Denoiser (undefined = its boundary, 0.002), its
    /// c_noise for UNet.
    torch::Tensor target;

    Conditioning to(torch::Device device) const;
    /// The same for images first .. last-1.
    Conditioning slice(std::int64_t first, std::int64_t last) const;
};

/// EDM's U-Nets, built from `planOf(config)`: SongUNet (DDPM++, NCSN++; Song et al. 2021) and DhariwalUNet (ADM;
/// Dhariwal & Nichol 2021), both as used by Karras et al. 2022. Module names are EDM's (`enc`, `28x28_block0`, `conv0`,
/// ...), so weights load unmapped. F(x; c_noise): x [N, C, R, R], noise [N] -> [N, C', R, R] in mode.dtype.
class UNetImpl : public torch::nn::Module {
public:
    explicit UNetImpl(const NetworkConfig& config);

    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& noise, const Conditioning& conditioning = {},
                          const ForwardMode& mode = {}, const ResponseHook& hook = {});

    /// The noise embedding, [N, config.embeddingChannels()]. With class labels l and augment labels a, e the embedded
    /// noise:  SongUNet: silu(layer1(silu(layer0(e + label(l·sqrt(label_dim)) + augment(a)))))
    ///         ADM:      silu(layer1(silu(layer0(e + augment(a)))) + label(l))
    /// A two-time network adds time1(silu(time0(e'))) before the last silu, e' the embedded target level; time1 starts at
    /// zero, so that a student begins as its teacher.
    /// Label dropout (training mode, mode.random): whole rows of l become 0.
    torch::Tensor embed(const torch::Tensor& noise, const Conditioning& conditioning, const ForwardMode& mode = {});
    /// The encoder alone: its skip connections by block name, highest resolution first. A cheap feature pyramid.
    std::vector<std::pair<std::string, torch::Tensor>> encode(const torch::Tensor& x, const torch::Tensor& embedding,
                                                              const ForwardMode& mode, const ResponseHook& hook = {});

    /// One top-level module alone, e.g. `dec.14x14_block0`: what the network does between its `.input` and its response.
    /// Throws Usage for names that are no such module, and for NCSN++'s aux_residual, which has two inputs.
    torch::Tensor runModule(const std::string& name, const torch::Tensor& x, const torch::Tensor& embedding,
                            const ForwardMode& mode = {}, const ResponseHook& hook = {});

    /// Fresh weights from this seed, as published for the architecture.
    void initialise(std::uint64_t seed);
    const NetworkConfig& config() const { return config_; }
    /// Top-level modules in forward order with their parameters.
    std::vector<BlockInfo> blocks() const { return blocksOf(config_); }

private:
    struct Stage {
        StageSpec spec;
        UNetBlock block{nullptr};
        Conv2d conv{nullptr};
        GroupNorm norm{nullptr};
    };
    void buildMapping();
    static torch::Tensor run(Stage& stage, torch::Tensor x, const torch::Tensor& embedding, const ForwardMode& mode,
                             const ResponseHook& hook);
    torch::Tensor embedNoise(const torch::Tensor& noise);
    void build(const StageSpec& spec, std::vector<Stage>& stages);

    NetworkConfig config_;
    FourierEmbedding mapNoise_{nullptr};
    Linear mapLabel_{nullptr}, mapAugment_{nullptr}, mapLayer0_{nullptr}, mapLayer1_{nullptr};
    Linear mapTime0_{nullptr}, mapTime1_{nullptr};
    std::shared_ptr<torch::nn::Module> enc_, dec_;
    std::vector<Stage> encoder_, decoder_;
};
TORCH_MODULE(UNet);

}  // namespace thaw

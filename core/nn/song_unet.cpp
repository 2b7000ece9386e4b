// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/song_unet.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/torch.h>

#include <algorithm>

namespace thaw {
namespace {

std::string stageName(int resolution, const std::string& name) {
    return std::to_string(resolution) + "x" + std::to_string(resolution) + "_" + name;
}

struct Container : torch::nn::Module {};

}  // namespace

SongUNetImpl::SongUNetImpl(const NetworkConfig& config) : config_(config) {
    const std::int64_t noise = std::int64_t(config.modelChannels) * config.channelMultNoise;
    const std::int64_t emb = std::int64_t(config.modelChannels) * config.channelMultEmb;
    if (config.labelDim > 0) mapLabel_ = register_module("map_label", Linear(config.labelDim, noise));
    if (config.augmentDim > 0) mapAugment_ = register_module("map_augment", Linear(config.augmentDim, noise, false));
    mapLayer0_ = register_module("map_layer0", Linear(noise, emb));
    mapLayer1_ = register_module("map_layer1", Linear(emb, emb));
    buildEncoder(*register_module("enc", std::make_shared<Container>()));
    buildDecoder(*register_module("dec", std::make_shared<Container>()));
}

UNetBlock SongUNetImpl::addBlock(torch::nn::Module& parent, std::vector<Stage>& stages, int resolution,
                                 const std::string& name, const UNetBlockConfig& block) {
    UNetBlock module(block);
    parent.register_module(stageName(resolution, name), module);
    stages.push_back({stageName(resolution, name), resolution, module, {nullptr}, {nullptr}});
    return module;
}

void SongUNetImpl::buildEncoder(torch::nn::Module& enc) {
    const std::int64_t emb = std::int64_t(config_.modelChannels) * config_.channelMultEmb;
    std::int64_t channels = config_.modelChannels;  // the first convolution ignores channel_mult
    for (std::size_t level = 0; level < config_.channelMult.size(); ++level) {
        const int resolution = config_.imgResolution >> level;
        const std::int64_t out = std::int64_t(config_.modelChannels) * config_.channelMult[level];
        const bool attention = std::count(config_.attnResolutions.begin(), config_.attnResolutions.end(), resolution) > 0;
        if (level == 0) {
            Conv2d conv(config_.imgChannels, channels, 3);
            enc.register_module(stageName(resolution, "conv"), conv);
            encoder_.push_back({stageName(resolution, "conv"), resolution, {nullptr}, conv, {nullptr}});
        } else {
            addBlock(enc, encoder_, resolution, "down",
                     {channels, channels, emb, Resampling::Down, false, config_.dropout});
        }
        skipChannels_.push_back(channels);
        for (int i = 0; i < config_.numBlocks; ++i) {
            addBlock(enc, encoder_, resolution, "block" + std::to_string(i),
                     {channels, out, emb, Resampling::None, attention, config_.dropout});
            channels = out;
            skipChannels_.push_back(channels);
        }
    }
}

void SongUNetImpl::buildDecoder(torch::nn::Module& dec) {
    const std::int64_t emb = std::int64_t(config_.modelChannels) * config_.channelMultEmb;
    std::int64_t channels = skipChannels_.back();
    auto skips = skipChannels_;
    for (int level = int(config_.channelMult.size()) - 1; level >= 0; --level) {
        const int resolution = config_.imgResolution >> level;
        const std::int64_t out = std::int64_t(config_.modelChannels) * config_.channelMult[std::size_t(level)];
        if (level + 1 == int(config_.channelMult.size())) {
            addBlock(dec, decoder_, resolution, "in0", {channels, channels, emb, Resampling::None, true, config_.dropout});
            addBlock(dec, decoder_, resolution, "in1", {channels, channels, emb, Resampling::None, false, config_.dropout});
        } else {
            addBlock(dec, decoder_, resolution, "up", {channels, channels, emb, Resampling::Up, false, config_.dropout});
        }
        for (int i = 0; i <= config_.numBlocks; ++i) {
            const bool attention = i == config_.numBlocks && std::count(config_.attnResolutions.begin(),
                                                                        config_.attnResolutions.end(), resolution) > 0;
            addBlock(dec, decoder_, resolution, "block" + std::to_string(i),
                     {channels + skips.back(), out, emb, Resampling::None, attention, config_.dropout});
            skips.pop_back();
            channels = out;
        }
    }
    GroupNorm norm(channels, 1e-6);
    Conv2d conv(channels, config_.imgChannels, 3, Resampling::None, 1e-5);
    const int resolution = config_.imgResolution;
    dec.register_module(stageName(resolution, "aux_norm"), norm);
    dec.register_module(stageName(resolution, "aux_conv"), conv);
    decoder_.push_back({stageName(resolution, "aux_norm"), resolution, {nullptr}, {nullptr}, norm});
    decoder_.push_back({stageName(resolution, "aux_conv"), resolution, {nullptr}, conv, {nullptr}});
}

torch::Tensor SongUNetImpl::embed(const torch::Tensor& noise, const Conditioning& conditioning) {
    auto emb = positionalEmbedding(noise, std::int64_t(config_.modelChannels) * config_.channelMultNoise);
    const auto halves = emb.chunk(2, 1);
    emb = torch::cat({halves[1], halves[0]}, 1);  // SongUNet wants [sin, cos]
    if (mapLabel_) {
        const auto labels = conditioning.classLabels.defined()
                                ? conditioning.classLabels.to(emb.scalar_type())
                                : torch::zeros({1, config_.labelDim}, emb.options());
        emb = emb + mapLabel_->forward(labels * std::sqrt(double(config_.labelDim)));
    }
    if (mapAugment_ && conditioning.augmentLabels.defined())
        emb = emb + mapAugment_->forward(conditioning.augmentLabels.to(emb.scalar_type()));
    emb = torch::silu(mapLayer0_->forward(emb));
    return torch::silu(mapLayer1_->forward(emb));
}

std::vector<std::pair<std::string, torch::Tensor>> SongUNetImpl::encode(const torch::Tensor& input,
                                                                        const torch::Tensor& embedding,
                                                                        const ForwardMode& mode,
                                                                        const ResponseHook& hook) {
    std::vector<std::pair<std::string, torch::Tensor>> outputs;
    auto x = input.to(mode.dtype).contiguous(torch::MemoryFormat::ChannelsLast);
    for (auto& stage : encoder_) {
        x = stage.conv ? stage.conv->forward(x, mode) : stage.block->forward(x, embedding, mode);
        if (hook) hook("enc." + stage.name, x);
        outputs.emplace_back("enc." + stage.name, x);
    }
    return outputs;
}

torch::Tensor SongUNetImpl::forward(const torch::Tensor& input, const torch::Tensor& noise,
                                    const Conditioning& conditioning, const ForwardMode& mode,
                                    const ResponseHook& hook) {
    const auto emb = embed(noise, conditioning);
    auto skips = encode(input, emb, mode, hook);
    auto x = skips.back().second;
    for (auto& stage : decoder_) {
        if (stage.block) {
            if (x.size(1) != stage.block->config().in) {
                x = torch::cat({x, skips.back().second}, 1);
                skips.pop_back();
            }
            x = stage.block->forward(x, emb, mode);
        } else {
            x = stage.norm ? stage.norm->forward(x, {}, true, mode) : stage.conv->forward(x, mode);
        }
        if (hook) hook("dec." + stage.name, x);
    }
    return x;
}

void SongUNetImpl::initialise(std::uint64_t seed) {
    auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
    for (const auto& module : modules(false)) {
        if (auto* linear = module->as<LinearImpl>()) linear->initialise(generator);
        if (auto* conv = module->as<Conv2dImpl>()) conv->initialise(generator);
    }
}

std::vector<BlockInfo> SongUNetImpl::blocks() const {
    std::vector<BlockInfo> all;
    const auto add = [&](const std::string& name, const std::string& kind, int resolution, const torch::nn::Module& m) {
        BlockInfo info;
        info.name = name;
        info.kind = kind;
        info.resolution = resolution;
        info.hasResponse = resolution > 0;
        for (const auto& item : m.named_parameters())
            info.parameters.push_back({name + "." + item.key(), item.value().sizes().vec(), item.value().numel()});
        all.push_back(std::move(info));
        return &all.back();
    };
    for (const auto& child : named_children())
        if (child.key().rfind("map_", 0) == 0) {
            const auto& weight = child.value()->as<LinearImpl>()->weight;
            auto* info = add(child.key(), "linear", 0, *child.value());
            info->inChannels = int(weight.size(1));
            info->outChannels = int(weight.size(0));
        }
    const auto addStages = [&](const std::string& prefix, const std::vector<Stage>& stages) {
        for (const auto& stage : stages) {
            const std::string name = prefix + stage.name;
            if (stage.block) {
                const auto& c = stage.block->config();
                auto* info = add(name, c.resampling == Resampling::Up     ? "up"
                                       : c.resampling == Resampling::Down ? "down"
                                       : c.attention                      ? "attention block"
                                                                          : "block",
                                 stage.resolution, *stage.block);
                info->inChannels = int(c.in);
                info->outChannels = int(c.out);
            } else if (stage.conv) {
                auto* info = add(name, "conv", stage.resolution, *stage.conv);
                info->inChannels = int(stage.conv->weight.size(1));
                info->outChannels = int(stage.conv->weight.size(0));
            } else {
                auto* info = add(name, "norm", stage.resolution, *stage.norm);
                info->inChannels = info->outChannels = int(stage.norm->weight.size(0));
            }
        }
    };
    addStages("enc.", encoder_);
    addStages("dec.", decoder_);
    return all;
}

}  // namespace thaw

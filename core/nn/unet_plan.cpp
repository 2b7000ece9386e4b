// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/unet_plan.h"

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

constexpr std::int64_t kChannelsPerHead = 64;  // DhariwalUNet

std::string at(int resolution, const std::string& name) {
    return std::to_string(resolution) + "x" + std::to_string(resolution) + "_" + name;
}

class Planner {
public:
    explicit Planner(const NetworkConfig& config) : c_(config), song_(config.architecture == Architecture::SongUNet) {}

    UNetPlan plan() {
        encoder();
        decoder();
        return std::move(plan_);
    }

private:
    UNetBlockConfig block(std::int64_t in, std::int64_t out, Resampling resampling, bool attention) const {
        UNetBlockConfig b{in, out, c_.embeddingChannels(), resampling};
        b.heads = !attention ? 0 : song_ ? 1 : out / kChannelsPerHead;
        b.dropout = c_.dropout;
        if (song_) {
            b.skipScale = std::sqrt(0.5);
            b.epsilon = 1e-6;
            b.projectSkip = true;
            b.filter = c_.resampleFilter;
        } else {
            b.adaptiveScale = true;
            b.initialisation = Initialisation::Kaiming;
        }
        return b;
    }
    void add(std::vector<StageSpec>& stages, const std::string& name, StageKind kind, int resolution,
             const UNetBlockConfig& b) {
        stages.push_back({name, kind, resolution, b});
    }

    void encoder() {
        channels_ = c_.modelChannels;  // SongUNet's first convolution ignores channel_mult; ADM multiplies
        std::int64_t aux = c_.imgChannels;
        for (std::size_t level = 0; level < c_.channelMult.size(); ++level) {
            const int r = c_.imgResolution >> level;
            const std::int64_t out = std::int64_t(c_.modelChannels) * c_.channelMult[level];
            if (level == 0) {
                if (!song_) channels_ = out;
                add(plan_.encoder, "enc." + at(r, "conv"), StageKind::Conv, r,
                    block(c_.imgChannels, channels_, Resampling::None, false));
            } else {
                add(plan_.encoder, "enc." + at(r, "down"), StageKind::Block, r,
                    block(channels_, channels_, Resampling::Down, false));
                if (c_.encoderType == EncoderType::Residual) {
                    add(plan_.encoder, "enc." + at(r, "aux_residual"), StageKind::AuxResidual, r,
                        block(aux, channels_, Resampling::Down, false));
                    aux = channels_;
                }
            }
            skips_.push_back(channels_);
            for (int i = 0; i < c_.numBlocks; ++i) {
                add(plan_.encoder, "enc." + at(r, "block" + std::to_string(i)), StageKind::Block, r,
                    block(channels_, out, Resampling::None, c_.attentionAt(r)));
                channels_ = out;
                skips_.push_back(channels_);
            }
        }
    }

    void decoder() {
        const int levels = int(c_.channelMult.size());
        for (int level = levels - 1; level >= 0; --level) {
            const int r = c_.imgResolution >> level;
            const std::int64_t out = std::int64_t(c_.modelChannels) * c_.channelMult[std::size_t(level)];
            const auto put = [&](const std::string& name, const UNetBlockConfig& b) {
                add(plan_.decoder, "dec." + at(r, name), StageKind::Block, r, b);
            };
            if (level + 1 == levels) {
                put("in0", block(channels_, channels_, Resampling::None, true));
                put("in1", block(channels_, channels_, Resampling::None, false));
            } else {
                put("up", block(channels_, channels_, Resampling::Up, false));
            }
            for (int i = 0; i <= c_.numBlocks; ++i) {
                // SongUNet attends in a level's last block, ADM in all of them.
                const bool attention = c_.attentionAt(r) && (!song_ || i == c_.numBlocks);
                put("block" + std::to_string(i), block(channels_ + skips_.back(), out, Resampling::None, attention));
                skips_.pop_back();
                channels_ = out;
            }
        }
        const int r = c_.imgResolution;
        const auto prefix = song_ ? "dec." + at(r, "aux_") : std::string("out_");
        add(plan_.decoder, prefix + "norm", StageKind::Norm, r, block(channels_, channels_, Resampling::None, false));
        add(plan_.decoder, prefix + "conv", StageKind::Conv, r,
            block(channels_, c_.rawChannels(), Resampling::None, false));
    }

    const NetworkConfig& c_;
    bool song_;
    UNetPlan plan_;
    std::int64_t channels_ = 0;
    std::vector<std::int64_t> skips_;
};

class ParameterList {
public:
    void add(const std::string& name, std::vector<std::int64_t> shape) {
        std::int64_t count = 1;
        for (const auto size : shape) count *= size;
        all.push_back({name, std::move(shape), count});
    }
    void linear(const std::string& name, std::int64_t in, std::int64_t out, bool bias = true) {
        add(name + ".weight", {out, in});
        if (bias) add(name + ".bias", {out});
    }
    void conv(const std::string& name, std::int64_t in, std::int64_t out, std::int64_t kernel) {
        add(name + ".weight", {out, in, kernel, kernel});
        add(name + ".bias", {out});
    }
    void norm(const std::string& name, std::int64_t channels) {
        add(name + ".weight", {channels});
        add(name + ".bias", {channels});
    }
    void block(const std::string& name, const UNetBlockConfig& b) {
        norm(name + ".norm0", b.in);
        conv(name + ".conv0", b.in, b.out, 3);
        linear(name + ".affine", b.embedding, b.adaptiveScale ? 2 * b.out : b.out);
        norm(name + ".norm1", b.out);
        conv(name + ".conv1", b.out, b.out, 3);
        if (b.skipHasWeights()) conv(name + ".skip", b.in, b.out, 1);
        if (b.heads > 0) {
            norm(name + ".norm2", b.out);
            conv(name + ".qkv", b.out, 3 * b.out, 1);
            conv(name + ".proj", b.out, b.out, 1);
        }
    }
    std::vector<ParameterInfo> all;
};

}  // namespace

std::int64_t groupCount(std::int64_t channels) { return std::min<std::int64_t>(32, channels / 4); }

UNetPlan planOf(const NetworkConfig& config) { return Planner(config).plan(); }

namespace {

// Mapping layers with their widths; shared by the list of parameters and that of blocks.
struct MappingLayer {
    std::string name;
    std::int64_t in, out;
    bool bias;
};
std::vector<MappingLayer> mappingLayers(const NetworkConfig& c) {
    const std::int64_t noise = c.noiseChannels(), emb = c.embeddingChannels();
    const bool song = c.architecture == Architecture::SongUNet;
    std::vector<MappingLayer> layers;
    if (song && c.labelDim > 0) layers.push_back({"map_label", c.labelDim, noise, true});
    if (c.augmentDim > 0) layers.push_back({"map_augment", c.augmentDim, noise, false});
    layers.push_back({"map_layer0", noise, emb, true});
    layers.push_back({"map_layer1", emb, emb, true});
    if (!song && c.labelDim > 0) layers.push_back({"map_label", c.labelDim, emb, false});
    if (c.twoTime) {
        layers.push_back({"map_time0", noise, emb, true});
        layers.push_back({"map_time1", emb, emb, true});
    }
    return layers;
}

std::vector<ParameterInfo> parametersOf(const StageSpec& stage) {
    ParameterList list;
    if (stage.kind == StageKind::Block) list.block(stage.name, stage.block);
    else if (stage.kind == StageKind::Norm) list.norm(stage.name, stage.block.in);
    else list.conv(stage.name, stage.block.in, stage.block.out, 3);
    return list.all;
}

std::string kindOf(const StageSpec& stage) {
    switch (stage.kind) {
    case StageKind::Conv: return "conv";
    case StageKind::AuxResidual: return "aux residual";
    case StageKind::Norm: return "norm";
    case StageKind::Block: break;
    }
    if (stage.block.resampling != Resampling::None) return stage.block.resampling == Resampling::Up ? "up" : "down";
    return stage.block.heads > 0 ? "attention block" : "block";
}

}  // namespace

std::vector<BlockInfo> blocksOf(const NetworkConfig& config) {
    std::vector<BlockInfo> all;
    for (const auto& layer : mappingLayers(config)) {
        ParameterList list;
        list.linear(layer.name, layer.in, layer.out, layer.bias);
        all.push_back({layer.name, "linear", 0, int(layer.in), int(layer.out), false, list.all});
    }
    const auto plan = planOf(config);
    for (const auto* stages : {&plan.encoder, &plan.decoder})
        for (const auto& stage : *stages) {
            const auto out = stage.kind == StageKind::Norm ? stage.block.in : stage.block.out;
            all.push_back({stage.name, kindOf(stage), stage.resolution, int(stage.block.in), int(out), true,
                           parametersOf(stage)});
        }
    return all;
}

std::vector<ParameterInfo> expectedParameters(const NetworkConfig& config) {
    std::vector<ParameterInfo> all;
    for (const auto& block : blocksOf(config)) all.insert(all.end(), block.parameters.begin(), block.parameters.end());
    return all;
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/unet.h"

#include "core/nn/upload.h"
#include "core/values/error.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/torch.h>

namespace thaw {
namespace {

struct Container : torch::nn::Module {};

// LibTorch takes a map of one channel for channels-first whatever its strides, unless they say so, and goes on in that
// order until the first operation that wants the other.
torch::Tensor channelsLast(const torch::Tensor& x) {
    if (x.size(1) > 1) return x.contiguous(torch::MemoryFormat::ChannelsLast);
    return x.contiguous().view({x.size(0), x.size(2), x.size(3), 1}).permute({0, 3, 1, 2});
}

bool isSong(const NetworkConfig& config) { return config.architecture == Architecture::SongUNet; }

}  // namespace

Conditioning Conditioning::to(torch::Device device) const {
    return {uploaded(classLabels, device), uploaded(augmentLabels, device), uploaded(target, device)};
}

Conditioning Conditioning::slice(std::int64_t first, std::int64_t last) const {
    const auto part = [&](const torch::Tensor& t) {
        return t.defined() && t.size(0) > 1 ? t.slice(0, first, last) : t;
    };
    return {part(classLabels), part(augmentLabels), part(target)};
}

UNetImpl::UNetImpl(const NetworkConfig& config) : config_(config) {
    buildMapping();
    enc_ = register_module("enc", std::make_shared<Container>());
    dec_ = register_module("dec", std::make_shared<Container>());
    const auto plan = planOf(config);
    for (const auto& spec : plan.encoder) build(spec, encoder_);
    for (const auto& spec : plan.decoder) build(spec, decoder_);
}

// Registered in the order of the published state dicts.
void UNetImpl::buildMapping() {
    const auto noise = config_.noiseChannels(), emb = config_.embeddingChannels();
    const bool song = isSong(config_);
    const auto drawn = song ? Initialisation::Xavier : Initialisation::Kaiming;
    if (config_.embeddingType == EmbeddingType::Fourier)
        mapNoise_ = register_module("map_noise", FourierEmbedding(noise));
    if (song && config_.labelDim > 0) mapLabel_ = register_module("map_label", Linear(config_.labelDim, noise));
    if (config_.augmentDim > 0)
        mapAugment_ = register_module("map_augment",
                                      Linear(config_.augmentDim, noise, false, song ? drawn : Initialisation::Zero));
    mapLayer0_ = register_module("map_layer0", Linear(noise, emb, true, drawn));
    mapLayer1_ = register_module("map_layer1", Linear(emb, emb, true, drawn));
    if (!song && config_.labelDim > 0)
        mapLabel_ = register_module("map_label", Linear(config_.labelDim, emb, false, Initialisation::UnitNormal));
    if (config_.twoTime) {
        mapTime0_ = register_module("map_time0", Linear(noise, emb, true, drawn));
        mapTime1_ = register_module("map_time1", Linear(emb, emb, true, Initialisation::Zero));
    }
}

void UNetImpl::build(const StageSpec& spec, std::vector<Stage>& stages) {
    const auto dot = spec.name.find('.');
    const bool inner = dot != std::string::npos;
    torch::nn::Module& parent = !inner ? *this : spec.name.compare(0, dot, "enc") == 0 ? *enc_ : *dec_;
    const auto name = inner ? spec.name.substr(dot + 1) : spec.name;
    const auto& b = spec.block;
    Stage stage{spec, {nullptr}, {nullptr}, {nullptr}};
    switch (spec.kind) {
    case StageKind::Block: stage.block = parent.register_module(name, UNetBlock(b)); break;
    case StageKind::Norm: stage.norm = parent.register_module(name, GroupNorm(b.in, b.epsilon)); break;
    case StageKind::AuxResidual:
        stage.conv = parent.register_module(
            name, Conv2d(Conv2dConfig{b.in, b.out, 3, Resampling::Down, b.filter, true, b.initialisation}));
        break;
    case StageKind::Conv: {
        // The last convolution starts at almost nothing (SongUNet) or nothing (ADM).
        const bool last = !encoder_.empty();
        auto drawn = b.initialisation;
        if (last && drawn == Initialisation::Kaiming) drawn = Initialisation::Zero;
        stage.conv = parent.register_module(
            name, Conv2d(Conv2dConfig{b.in, b.out, 3, Resampling::None, b.filter, false, drawn, last ? 1e-5 : 1.0}));
        break;
    }
    }
    stages.push_back(std::move(stage));
}

torch::Tensor UNetImpl::embedNoise(const torch::Tensor& noise) {
    const bool song = isSong(config_);
    const auto emb = mapNoise_ ? mapNoise_->forward(noise) : positionalEmbedding(noise, config_.noiseChannels(), song);
    if (!song) return emb;
    const auto halves = emb.chunk(2, 1);
    return torch::cat({halves[1], halves[0]}, 1);  // SongUNet wants [sin, cos]
}

torch::Tensor UNetImpl::embed(const torch::Tensor& noise, const Conditioning& conditioning, const ForwardMode& mode) {
    const bool song = isSong(config_);
    auto emb = embedNoise(noise);
    torch::Tensor label;
    if (mapLabel_) {
        auto labels = conditioning.classLabels.defined()
                          ? uploaded(conditioning.classLabels, emb.device()).to(emb.options())
                          : torch::zeros({1, config_.labelDim}, emb.options());
        if (is_training() && config_.labelDropout > 0 && mode.random && conditioning.classLabels.defined()) {
            const auto kept = uniformPerImage({labels.size(0), 1}, mode) >= config_.labelDropout;
            labels = labels * uploaded(kept, emb.device()).to(emb.options());
        }
        label = mapLabel_->forward(song ? labels * std::sqrt(double(config_.labelDim)) : labels);
    }
    if (song && label.defined()) emb = emb + label;
    if (mapAugment_ && conditioning.augmentLabels.defined())
        emb = emb + mapAugment_->forward(uploaded(conditioning.augmentLabels, emb.device()).to(emb.options()));
    emb = mapLayer1_->forward(torch::silu(mapLayer0_->forward(emb)));
    if (!song && label.defined()) emb = emb + label;
    if (mapTime0_ && conditioning.target.defined())
        emb = emb + mapTime1_->forward(torch::silu(
                        mapTime0_->forward(embedNoise(uploaded(conditioning.target, emb.device()).to(emb.options())))));
    return torch::silu(emb);
}

torch::Tensor UNetImpl::run(Stage& stage, torch::Tensor x, const torch::Tensor& embedding, const ForwardMode& mode,
                            const ResponseHook& hook) {
    const auto& name = stage.spec.name;
    x = ResponseTap(hook, name)("input", x);
    if (stage.block) x = stage.block->forward(x, embedding, mode, {hook, name});
    else x = stage.norm ? stage.norm->forward(x, {}, true, mode) : stage.conv->forward(x, mode);
    if (hook) hook(name, x);
    return x;
}

torch::Tensor UNetImpl::runModule(const std::string& name, const torch::Tensor& x, const torch::Tensor& embedding,
                                  const ForwardMode& mode, const ResponseHook& hook) {
    for (auto* stages : {&encoder_, &decoder_})
        for (auto& stage : *stages)
            if (stage.spec.name == name && stage.spec.kind != StageKind::AuxResidual)
                return run(stage, channelsLast(x.to(mode.dtype)), embedding, mode, hook);
    throw Error(ErrorCode::Usage, "The model has no module '" + name + "' that can run alone.",
                "'thaw-cli info' lists the blocks.");
}

std::vector<std::pair<std::string, torch::Tensor>> UNetImpl::encode(const torch::Tensor& input,
                                                                    const torch::Tensor& embedding,
                                                                    const ForwardMode& mode, const ResponseHook& hook) {
    std::vector<std::pair<std::string, torch::Tensor>> skips;
    auto x = channelsLast(input.to(mode.dtype));
    auto aux = x;
    for (auto& stage : encoder_) {
        if (stage.spec.kind == StageKind::AuxResidual) {
            x = scaledSum(x, stage.conv->forward(aux, mode), std::sqrt(0.5), mode);
            if (hook) hook(stage.spec.name, x);
            aux = x;
            skips.back() = {stage.spec.name, x};
        } else {
            x = run(stage, x, embedding, mode, hook);
            skips.emplace_back(stage.spec.name, x);
        }
    }
    return skips;
}

torch::Tensor UNetImpl::forward(const torch::Tensor& input, const torch::Tensor& noise,
                                const Conditioning& conditioning, const ForwardMode& mode, const ResponseHook& hook) {
    const auto emb = embed(noise, conditioning, mode);
    auto skips = encode(input, emb, mode, hook);
    auto x = skips.back().second;
    for (auto& stage : decoder_) {
        if (stage.block && x.size(1) != stage.block->config().in) {
            x = torch::cat({x, skips.back().second}, 1);
            skips.pop_back();
        }
        x = run(stage, x, emb, mode, hook);
    }
    return x;
}

void UNetImpl::initialise(std::uint64_t seed) {
    auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
    for (const auto& module : modules(false)) {
        if (auto* linear = module->as<LinearImpl>()) linear->initialise(generator);
        if (auto* conv = module->as<Conv2dImpl>()) conv->initialise(generator);
        if (auto* embedding = module->as<FourierEmbeddingImpl>()) embedding->initialise(generator);
    }
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/train_config.h"

#include "core/values/range_check.h"
#include "core/values/train_words.h"

#include <algorithm>
#include <sstream>

namespace thaw {
namespace {

void checkAdam(RangeCheck& check, const std::string& field, const AdamConfig& adam) {
    check.positive(field + ".learning_rate", adam.learningRate, 1);
    // A beta of 1 would never forget, and divide by zero.
    check.range(field + ".beta1", adam.beta1, 0, 0.99999);
    check.range(field + ".beta2", adam.beta2, 0, 0.99999);
    check.positive(field + ".epsilon", adam.epsilon, 1);
}

void checkEma(RangeCheck& check, const EmaConfig& ema) {
    check.range("ema.half_life_kimg", ema.halfLifeKimg, 0, 1e6, "kimg");
    check.range("ema.ramp_up", ema.rampUp, 0, 1);
}

constexpr const char* kGan = "gan";
constexpr double kMaxKimg = 1e7;
constexpr int kMaxBatch = 65536;

}  // namespace

std::vector<std::string> objectiveWords() {
    std::vector<std::string> words{kGan};
    for (const auto& [kind, word] : EnumWords<Distillation>::all)
        if (kind != Distillation::None) words.emplace_back(word);
    return words;
}

std::string objectiveName(const FinetuneConfig& config) {
    std::string name = config.distill.kind == Distillation::None ? "" : wordFor(config.distill.kind);
    if (config.gan) name += (name.empty() ? "" : ",") + std::string(kGan);
    return name;
}

std::string setObjective(FinetuneConfig& config, const std::string& text) {
    config.gan = false;
    config.distill.kind = Distillation::None;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, ',');) {
        const auto kind = valueOfWord<Distillation>(part);
        if (part == kGan) config.gan = true;
        else if (!kind || *kind == Distillation::None)
            return "has '" + part + "', must be " + listed(objectiveWords()) + ", or one of these and gan";
        else if (config.distill.kind != Distillation::None)
            return "is '" + text + "', which names two imitation objectives";
        else config.distill.kind = *kind;
    }
    return config.gan || config.distill.kind != Distillation::None ? "" : "is empty";
}

DistillConfig newDistillation() {
    DistillConfig config;
    config.recipe = DistillRecipe::Paper;
    return config;
}

FinetuneConfig recordedDefaults() {
    FinetuneConfig config;
    config.distill.recipe = DistillRecipe::Release;
    config.distill.timesteps = 1024;
    return config;
}

std::vector<ConfigProblem> validate(const FinetuneConfig& c) {
    std::vector<ConfigProblem> problems;
    RangeCheck check(problems);
    check.positive("kimg", c.kimg, kMaxKimg, "kimg");
    // The discriminator's batch statistics mean nothing on fewer images.
    check.range("batch", c.batch, 8, kMaxBatch, "images");
    checkAdam(check, "generator", c.generator);
    checkAdam(check, "discriminator", c.discriminator);
    if (!c.gan && c.distill.kind == Distillation::None)
        check.add("distill.kind", "is none without the GAN loss, must be an imitation objective then");
    check.range("distill.weight", c.distill.weight, 0, 1e6);
    check.range("distill.timesteps", c.distill.timesteps, 4, 65536);
    check.range("distill.target_decay", c.distill.targetDecay, 0, 0.99999);
    if (c.distill.kind == Distillation::Progressive && (c.distill.timesteps & (c.distill.timesteps - 1)) != 0)
        check.add("distill.timesteps", "is " + std::to_string(c.distill.timesteps) +
                                           ", must be a power of two for progressive distillation");
    check.range("distill.teacher_steps", c.distill.teacherSteps, 2, 1000);
    check.range("distill.pairs", c.distill.pairs, 1, 1e7);
    check.range("student_steps", c.studentSteps, 1, 16);
    check.range("micro_batch", c.microBatch, 0, kMaxBatch, "images");
    if (c.microBatch > 0 && c.batch % c.microBatch != 0)
        check.add("micro_batch",
                  "is " + std::to_string(c.microBatch) + ", must divide the batch of " + std::to_string(c.batch));
    if (c.gan && c.backbones.empty())
        check.add("discriminator.backbones",
                  "is empty, must name denoiser, or classifiers (.safetensors) or TorchScript files");
    for (std::size_t i = 0; i < c.backbones.size(); ++i)
        if (c.backbones[i].empty() || std::count(c.backbones.begin(), c.backbones.end(), c.backbones[i]) > 1)
            check.add("discriminator.backbones",
                      "has '" + c.backbones[i] + "' twice or empty, must name each network once");
    check.range("discriminator.width", c.discriminatorWidth, 4, 1024, "channels");
    if (c.distill.distance == ImageDistance::Lpips && c.distill.network.empty())
        check.add("distill.network", "is empty, must be a TorchScript file for the lpips distance");
    check.range("augment.p", c.augment.p, 0, 1);
    check.range("augment.target", c.augment.target, 0, 1);
    if (c.gan && c.discriminatorKind == DiscriminatorKind::Projected && c.microBatch > 0 && c.microBatch < 8)
        check.add("micro_batch",
                  "is " + std::to_string(c.microBatch) +
                      ", must be 0 or at least 8 images where projected heads normalise each part by itself");
    checkEma(check, c.ema);
    check.range("r1.gamma", c.r1.gamma, 0, 1e6);
    check.range("r1.interval", c.r1.interval, 0, 1e6, "steps");
    if (c.measure.features.empty())
        check.add("measure.features", "is empty, must be auto, builtin, fwd, none or a file of a feature network");
    check.range("fid_every_kimg", c.fidEveryKimg, 0, kMaxKimg, "kimg");
    check.range("fid_images", c.fidImages, 50, 1e6, "images");
    check.range("snapshot_every_kimg", c.snapshotEveryKimg, 0, kMaxKimg, "kimg");
    check.below("dropout", c.dropout, 0, 1);
    check.below("label_dropout", c.labelDropout, 0, 1);
    check.range("sigma", c.sigma, 0.01, 1000);
    return problems;
}

std::vector<ConfigProblem> validate(const PretrainConfig& c) {
    std::vector<ConfigProblem> problems;
    RangeCheck check(problems);
    check.positive("kimg", c.kimg, kMaxKimg, "kimg");
    check.range("batch", c.batch, 1, kMaxBatch, "images");
    checkAdam(check, "adam", c.adam);
    check.range("warm_up_kimg", c.warmUpKimg, 0, kMaxKimg, "kimg");
    check.range("decay_fraction", c.decayFraction, 0, 1);
    checkEma(check, c.ema);
    check.range("p_mean", c.pMean, -20, 20);
    check.positive("p_std", c.pStd, 20);
    check.positive("sigma_data", c.sigmaData, 1000);
    check.range("augment", c.augment, 0, 1);
    check.range("snapshot_every_kimg", c.snapshotEveryKimg, 0, kMaxKimg, "kimg");
    return problems;
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/config_problem.h"
#include "core/values/freeze_plan.h"
#include "core/values/measure.h"

#include <cstdint>
#include <string>
#include <vector>

namespace thaw {

enum class Precision { Auto, Float32, BFloat16 };
enum class GanLossKind { NonSaturating, Hinge };
/// How per-sample losses become one number: `Sum` over samples and backbones as published, `Mean` per sample.
enum class LossReduction { Mean, Sum };
/// What judges the frozen features: heads on them as they are (ours), or on random mixtures of them (Projected GAN,
/// Sauer et al. 2021, as published); see core/gan/discriminator.h.
enum class DiscriminatorKind { Direct, Projected };
/// What becomes of a weight's Adam moments when it is frozen and thawed again during a run.
enum class RethawState { Reset, Keep };

/// Imitation objectives beside or instead of the GAN's; see core/distill/distiller.h.
enum class Distillation {
    None,
    Progressive,  ///< PD: two jumps of the student become one (Salimans & Ho 2022)
    Consistency,  ///< CD: neighbouring points of a path lead to the same image (Song et al. 2023)
    Trajectory,   ///< CTM: jumps between any two levels agree (Kim et al. 2024)
    Rcd,          ///< RCD, named so in the release of D2O and nowhere written out: all jumps start at the highest level
    Regression,   ///< plain regression on pairs of noise and the teacher's k-step sample
};
enum class ImageDistance { L2, Features, Lpips };
/// Whose rule PD, CD and CTM follow; core/distill/distiller.h has both. RCD has no paper of its own.
enum class DistillRecipe {
    Release,  ///< one rule for all four, as the comparison in D2O's release states it
    Paper,    ///< PD in stages, CD with one time and its boundary condition, CTM's first leg by the teacher's solver
};

/// Adam as the method uses it.
struct AdamConfig {
    double learningRate = 2e-4;
    double beta1 = 0.0;
    double beta2 = 0.99;
    double epsilon = 1e-8;
    bool rectified = false;  ///< RAdam (Liu et al. 2020): plain momentum until the variance estimate can be trusted
    bool operator==(const AdamConfig&) const = default;
};

/// Exponential moving average of the weights: beta = 0.5^(batch / max(min(halfLife, rampUp·seen), 1e-8)).
struct EmaConfig {
    double halfLifeKimg = 45;  ///< thousand images until a weight's influence has halved
    double rampUp = 0.05;      ///< half-life never exceeds this share of the images seen; 0 switches the ramp off
    bool operator==(const EmaConfig&) const = default;
};

/// R1 gradient penalty on real images, applied lazily: every `interval` steps with gain `interval`.
struct R1Config {
    double gamma = 1e-3;
    int interval = 16;  ///< steps; 0 switches R1 off
    bool operator==(const R1Config&) const = default;
};

/// Adaptive discriminator augmentation (Karras et al. 2020): images are changed with probability p before D sees them;
/// every 4 steps p moves by ±(images since)/500,000 towards mean sign(D(real)) = target. Published: p = target = 0, off.
struct AugmentConfig {
    double p = 0;       ///< probability of each change at the start
    double target = 0;  ///< mean sign of D on reals to hold; 0 keeps p fixed
    bool on() const { return p > 0 || target > 0; }
    bool operator==(const AugmentConfig&) const = default;
};

/// The imitation part of the objective.
struct DistillConfig {
    Distillation kind = Distillation::None;
    ImageDistance distance = ImageDistance::L2;
    std::string network;  ///< Lpips: TorchScript file, (a, b) -> distances; see core/distill/image_distance.h
    double weight = 1;    ///< factor on the loss when the GAN loss is there too
    /// N, the rungs of the ladder of noise levels (PD, CD, CTM, RCD). What the teacher knows travels one rung a step, so
    /// a run of few steps needs a short ladder.
    int timesteps = 16;
    int teacherSteps = 10;  ///< Heun steps of the teacher (regression)
    int pairs = 4096;       ///< teacher pairs, computed once each and used in turns (regression)
    DistillRecipe recipe = DistillRecipe::Release;
    /// mu of the target network theta' = mu·theta' + (1 - mu)·theta of CD and CTM; 0 = the student itself without gradient,
    /// as Song et al. have it for CIFAR-10 (ImageNet: 0.95; Kim et al. for CTM: 0.999).
    double targetDecay = 0;
    bool operator==(const DistillConfig&) const = default;
};

/// What a new run begins with: the defaults under DistillRecipe::Paper.
DistillConfig newDistillation();

/// Fine-tuning into a one-step generator: a standalone GAN objective (D2O, D2O-F), imitation of the teacher, or both.
struct FinetuneConfig {
    double kimg = 100;  ///< length, in thousand images seen
    int batch = 64;     ///< images per step
    AdamConfig generator;
    AdamConfig discriminator;
    EmaConfig ema{5, 0.05};
    R1Config r1;
    bool gan = true;  ///< the GAN objective
    DiscriminatorKind discriminatorKind = DiscriminatorKind::Direct;
    /// Networks whose features D sees: `denoiser` (the frozen pre-trained denoiser's encoder; no outside weights) and
    /// paths of TorchScript modules that return feature maps.
    std::vector<std::string> backbones{"denoiser"};
    int discriminatorWidth = 64;  ///< base width of D's heads; published 64
    AugmentConfig augment;
    RethawState rethaw = RethawState::Reset;
    DistillConfig distill = newDistillation();
    int studentSteps = 1;      ///< m: 1 = G(z) = D(sigma·z; sigma); more: jumps of a two-time student
    bool randomStart = false;  ///< G starts from random weights instead of the pre-trained ones (an ablation)
    bool xflip = false;        ///< mirror half of the real images (published: off)
    /// Images of a forward pass, 0 = the whole batch. Gradients of the parts add up to the batch's, but for rounding, for
    /// direct heads. Projected heads have BatchNorm: each part is normalised by its own statistics, as in the published
    /// program, so the sum is that of smaller batches and not the gradient of the whole one.
    int microBatch = 0;
    /// Where several processes share a batch, BatchNorm of projected heads takes the statistics of all of it and not of each
    /// process's part (published: of the part).
    bool syncBatchNorm = false;
    GanLossKind loss = GanLossKind::NonSaturating;
    LossReduction reduction = LossReduction::Mean;
    std::uint64_t seed = 0;
    Precision precision = Precision::Auto;
    MeasureChoice measure;    ///< features and reference of the live distance
    double fidEveryKimg = 2;  ///< how often the distance is measured on the EMA weights; 0 = only at the end
    int fidImages = 1000;     ///< samples per live distance
    bool kid = true;          ///< kernel distance beside every point, where the features are a network's
    bool coverage = true;     ///< precision and recall beside every point, likewise
    /// How often a resumable snapshot is written; 0 = only at the end. In between the run is saved after its first step and
    /// every few minutes all the same, each time in place of the last (core/session/save_schedule.h).
    double snapshotEveryKimg = 5;
    /// Shares of activations and of class labels that G drops while it learns, in place of what the checkpoint was
    /// pre-trained with. Published: 0. The masks belong to the micro-batches.
    double dropout = 0, labelDropout = 0;
    double sigma = 80;  ///< the one noise level of the one-step generator, G(z) = D(sigma·z; sigma)
    /// Write the log for TensorBoard too (core/formats/tensorboard_file.h). It changes no number of the run, so files and
    /// keys of a run without it do not name it.
    bool tensorboard = false;
    FreezePlan freeze = parseFreezePlan("d2o-f");

    bool operator==(const FinetuneConfig&) const = default;
};

/// A set of settings under a name: the published ones per data set (D2O, section 3.4 of its configuration) and ours for
/// the embedded model. `freeze` is D2O-F; set it to `none` for D2O.
struct FinetunePreset {
    std::string key;  ///< `fashion-mnist`, `cifar10`, `afhqv2`, `ffhq`, `imagenet64`
    std::string title;
    std::string note;  ///< what the preset expects, e.g. which checkpoint and which networks of the discriminator
    FinetuneConfig config;
};
const std::vector<FinetunePreset>& finetunePresets();

/// The settings with which the objectives are compared on the embedded model (`gan`, `pd`, `cd`, `ctm`, `rcd`,
/// `regression`) where they are not tuned first: the best of what `thaw-cli study objectives --tune` tried for each, runs of
/// 5 kimg with one seed, by the distance to the training images, on an earlier embedded model.
FinetuneConfig comparedSettings(const std::string& objective);

/// EDM pre-training from scratch: D(y + n; sigma) against y, ln sigma ~ N(pMean, pStd²).
struct PretrainConfig {
    double kimg = 500;
    int batch = 64;
    AdamConfig adam{1e-3, 0.9, 0.999, 1e-8};
    double warmUpKimg = 2;        ///< learning rate rises linearly from 0 over these images
    double decayFraction = 0.33;  ///< the last share of the run over which the learning rate falls linearly to 0
    EmaConfig ema{45, 0.05};
    double pMean = -1.2;
    double pStd = 1.2;
    double sigmaData = 0.5;
    bool conditional = false;  ///< the network is told the class of each image; its label_dim is the data's
    /// Probability of each of EDM's geometric changes, which the network is told in a label of 9 numbers so that
    /// samples, made without it, are not changed (core/diffusion/image_changes.h); 0 = off, EDM's CIFAR-10: 0.12.
    double augment = 0;
    /// Mirror half of the images: unseen by the network, as a data set doubled by mirrored copies, while `augment` is
    /// 0; else as one more of its changes, which half of the images undergo and the label tells.
    bool xflip = true;
    std::uint64_t seed = 0;
    Precision precision = Precision::Auto;
    double snapshotEveryKimg = 10;
    bool tensorboard = false;  ///< as FinetuneConfig::tensorboard
    std::string network;       ///< JSON of the network's constructor arguments; empty = chosen from the data

    bool operator==(const PretrainConfig&) const = default;
};

/// The words of the single objectives: `gan`, `pd`, `cd`, `ctm`, `rcd`, `regression`.
std::vector<std::string> objectiveWords();
/// `gan`, `pd`, `cd,gan`, ...: the objective as the command line and run folders write it.
std::string objectiveName(const FinetuneConfig& config);
/// Sets `gan` and `distill.kind`. Returns what is wrong with the text, empty when nothing.
std::string setObjective(FinetuneConfig& config, const std::string& text);

/// What the fields meant that a run folder was written without: those of a run before there were such fields.
FinetuneConfig recordedDefaults();

/// Every problem of a configuration, not just the first; empty when it can run.
std::vector<ConfigProblem> validate(const FinetuneConfig& config);
std::vector<ConfigProblem> validate(const PretrainConfig& config);

}  // namespace thaw

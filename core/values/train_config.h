// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/freeze_plan.h"

#include <cstdint>
#include <string>
#include <vector>

namespace thaw {

enum class Precision { Auto, Float32, BFloat16 };
enum class GanLossKind { NonSaturating, Hinge };
/// How per-sample losses become one number: `Sum` over samples and backbones as published, `Mean` per sample.
enum class LossReduction { Mean, Sum };

/// One thing wrong with a configuration.
struct ConfigProblem {
    std::string field;    ///< dotted path as in the JSON, e.g. `generator.learning_rate`
    std::string message;  ///< what is wrong and what would be right, with the offending value
};

/// Adam as the method uses it.
struct AdamConfig {
    double learningRate = 2e-4;
    double beta1 = 0.0;
    double beta2 = 0.99;
    double epsilon = 1e-8;
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

/// Fine-tuning into a one-step generator with a standalone GAN objective (D2O, D2O-F).
struct FinetuneConfig {
    double kimg = 100;       ///< length, in thousand images seen
    int batch = 64;          ///< images per step
    AdamConfig generator;
    AdamConfig discriminator;
    EmaConfig ema{5, 0.05};
    R1Config r1;
    GanLossKind loss = GanLossKind::NonSaturating;
    LossReduction reduction = LossReduction::Mean;
    std::uint64_t seed = 0;
    Precision precision = Precision::Auto;
    double fidEveryKimg = 2;       ///< how often FID is measured on the EMA weights; 0 = only at the end
    int fidImages = 1000;          ///< samples per live FID point
    double snapshotEveryKimg = 5;  ///< how often a resumable snapshot is written; 0 = only at the end
    double sigma = 80;             ///< the one noise level of the one-step generator, G(z) = D(sigma·z; sigma)
    FreezePlan freeze = parseFreezePlan("d2o-f");

    bool operator==(const FinetuneConfig&) const = default;
};

/// EDM pre-training from scratch: D(y + n; sigma) against y, ln sigma ~ N(pMean, pStd²).
struct PretrainConfig {
    double kimg = 500;
    int batch = 64;
    AdamConfig adam{1e-3, 0.9, 0.999, 1e-8};
    double warmUpKimg = 2;       ///< learning rate rises linearly from 0 over these images
    double decayFraction = 0.33; ///< the last share of the run over which the learning rate falls linearly to 0
    EmaConfig ema{45, 0.05};
    double pMean = -1.2;
    double pStd = 1.2;
    double sigmaData = 0.5;
    bool xflip = true;           ///< mirror half of the images
    std::uint64_t seed = 0;
    Precision precision = Precision::Auto;
    double snapshotEveryKimg = 10;
    std::string network;         ///< JSON of the network's constructor arguments; empty = chosen from the data

    bool operator==(const PretrainConfig&) const = default;
};

/// Every problem of a configuration, not just the first; empty when it can run.
std::vector<ConfigProblem> validate(const FinetuneConfig& config);
std::vector<ConfigProblem> validate(const PretrainConfig& config);

}  // namespace thaw

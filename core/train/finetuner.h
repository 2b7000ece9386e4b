// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compute.h"
#include "core/gan/discriminator.h"
#include "core/train/adam.h"
#include "core/train/batch_stream.h"
#include "core/values/train_state.h"

#include <memory>

namespace thaw {

/// D2O / D2O-F: a pre-trained denoiser becomes the one-step generator G(z) = D(sigma·z; sigma) by a GAN objective alone.
/// One step at a time: G step, D step on fresh latents, every r1.interval steps R1 as a step of its own, EMA of G.
/// An EDM model becomes a D2OPrecond; models of other wrappers keep theirs. Deterministic per seed on the CPU; a loaded snapshot continues bit for bit.
class Finetuner {
public:
    /// `data` must outlive the trainer. Throws Configuration naming every problem: fields, freeze patterns that match
    /// nothing, a plan that freezes everything, data of another size than the model's.
    Finetuner(const FinetuneConfig& config, const Denoiser& original, const Dataset& data, const Compute& compute);

    /// Throws Diverged when a loss is not finite; the weights are then those before the step's last update.
    StepMetrics step();
    std::int64_t steps() const { return step_; }
    std::int64_t images() const { return step_ * config_.batch; }
    bool complete() const { return double(images()) >= config_.kimg * 1000; }

    /// From the next step on. Weights that stay trainable keep their optimiser state; re-thawed ones start afresh.
    void setFreeze(const FreezePlan& plan);

    Denoiser& generator() { return net_; }
    Denoiser& ema() { return ema_; }  ///< what is sampled, measured and saved as the model
    const Adam& generatorOptimiser() const { return *adamG_; }
    const FinetuneConfig& config() const { return config_; }
    void setLength(double kimg) { config_.kimg = kimg; }

    /// The EMA as a model file, and everything a bit-identical resume needs, both whole or not at all.
    void save(const std::string& runFolder) const;
    void load(const std::string& runFolder);

private:
    torch::Tensor fakes(Purpose purpose);
    double generatorStep(StepMetrics& metrics);
    double discriminatorStep(const torch::Tensor& real, StepMetrics& metrics);
    double penaltyStep(const torch::Tensor& real, StepMetrics& metrics);
    double checked(const torch::Tensor& loss, const char* name) const;

    FinetuneConfig config_;
    Compute compute_;
    BatchStream batches_;
    Denoiser net_{nullptr}, ema_{nullptr};
    std::unique_ptr<DenoiserFeatures> features_;
    Discriminator discriminator_{nullptr};
    std::unique_ptr<Adam> adamG_, adamD_;
    std::int64_t step_ = 0;
};

/// Everything wrong with fine-tuning this model with this configuration on data of this size.
std::vector<ConfigProblem> finetuneProblems(const FinetuneConfig& config, const Denoiser& original, const Dataset& data);

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/device/compute_device.h"
#include "core/diffusion/denoising_loss.h"
#include "core/parallel/gradient_sum.h"
#include "core/train/adam.h"
#include "core/train/batch_stream.h"
#include "core/train/late_values.h"

#include <optional>

namespace thaw {

/// EDM pre-training, one step at a time: loss of `denoisingLoss`, Adam, EMA. No loop, no clock, no files but snapshots.
/// Several processes share the images of a batch, each of which has the same noise, changes and dropout whoever works on it.
/// With `conditional` the network is told the classes, with `augment` what was done to the images (image_changes.h).
class Pretrainer {
public:
    /// `data` must outlive the trainer. A network that the settings leave open has the data's size and classes and,
    /// where there is something to tell, room for augmentation labels. Throws Configuration naming every problem.
    Pretrainer(const PretrainConfig& config, const Dataset& data, const ComputeDevice& compute);

    /// Returns the mean denoising loss of a batch: this step's, or on a GPU, which would stand still for it, that of the step
    /// before (none after the first). Throws Diverged when it is not finite.
    std::optional<double> step();
    /// Waits for the loss that step did not return yet; none where it has. save does so too, and keeps it.
    std::optional<double> settle();
    std::int64_t steps() const { return step_; }
    std::int64_t images() const { return step_ * config_.batch; }
    bool complete() const { return double(images()) >= config_.kimg * 1000; }
    double learningRate() const;
    /// Another base learning rate from the next step on; warm-up and decay are factors on it. Saved with the state, and the
    /// one that `load` takes then. Throws Configuration, and changes nothing, where `validate` refuses it.
    void setRate(double rate);

    const Denoiser& ema() const { return ema_; }
    const PretrainConfig& config() const { return config_; }

    /// The EMA as a model file and everything a bit-identical resume needs, both whole or not at all. `replaced` as
    /// Finetuner::save's.
    void save(const std::string& runFolder, const std::string& replaced = {});
    void load(const std::string& runFolder);

private:
    static double checked(LateValues& loss, std::int64_t step);

    PretrainConfig config_;
    ComputeDevice compute_;
    BatchStream batches_;
    Denoiser net_{nullptr}, ema_{nullptr};
    std::unique_ptr<Adam> adam_;
    std::unique_ptr<GradientSum> gradients_;  // where several processes share a batch
    std::optional<LateValues> loss_;          // of the last step, not returned yet
    std::int64_t step_ = 0;
    bool hasOtherRate_ = false;  // than the configuration it began with
};

}  // namespace thaw

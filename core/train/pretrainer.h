// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/device/compute_device.h"
#include "core/diffusion/denoising_loss.h"
#include "core/train/adam.h"
#include "core/train/batch_stream.h"

namespace thaw {

/// EDM pre-training, one step at a time: loss of `denoisingLoss`, Adam, EMA. No loop, no clock, no files but snapshots.
class Pretrainer {
public:
    /// `data` must outlive the trainer. Throws Configuration naming every problem.
    Pretrainer(const PretrainConfig& config, const Dataset& data, const ComputeDevice& compute);

    /// Returns the mean denoising loss of the step's batch. Throws Diverged when it is not finite.
    double step();
    std::int64_t steps() const { return step_; }
    std::int64_t images() const { return step_ * config_.batch; }
    bool complete() const { return double(images()) >= config_.kimg * 1000; }
    double learningRate() const;

    const Denoiser& ema() const { return ema_; }
    const PretrainConfig& config() const { return config_; }

    /// The EMA as a model file and everything a bit-identical resume needs, both whole or not at all. `replaced` as
    /// Finetuner::save's.
    void save(const std::string& runFolder, const std::string& replaced = {}) const;
    void load(const std::string& runFolder);

private:
    PretrainConfig config_;
    ComputeDevice compute_;
    BatchStream batches_;
    Denoiser net_{nullptr}, ema_{nullptr};
    std::unique_ptr<Adam> adam_;
    std::int64_t step_ = 0;
};

}  // namespace thaw

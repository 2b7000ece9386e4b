// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/sampler.h"
#include "core/values/train_config.h"

namespace thaw {

/// What a student with this configuration is, made from the pre-trained denoiser: D2OPrecond for EDM models (others keep
/// their wrapper: their network never saw EDM's noise levels), two-time where jumps to a chosen level are trained.
/// Its dropout is that of the run, whatever the checkpoint was pre-trained with.
Denoiser makeStudent(const Denoiser& original, const FinetuneConfig& config);
bool needsTwoTimes(const FinetuneConfig& config);

/// The generator with gradient: latents z [N, C, R, R] -> images. One step: D(sigma·z; sigma). m steps: the jumps of
/// SamplerKind::MultiStep, each telling the two-time student where it ends; the gradient flows through all of them.
torch::Tensor studentImages(Denoiser& student, const torch::Tensor& z, const FinetuneConfig& config,
                            const torch::Tensor& classLabels, const ForwardMode& mode);

/// How the student's images are sampled: one step from config.sigma, or m jumps.
SamplerConfig studentSampler(const FinetuneConfig& config);

}  // namespace thaw

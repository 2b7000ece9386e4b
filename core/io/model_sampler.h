// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/preconditioning_kind.h"
#include "core/nn/network_config.h"
#include "core/values/trained_sampler.h"

#include <map>
#include <string>

namespace thaw {

/// What a model file says of how it is sampled. A snapshot of fine-tuning carries `student_steps` m, `sigma`, and for m = 2
/// `sigma_mid`, the level between the two jumps; converted copies keep them. A file without these words is a one-step
/// student from sigma = 80 where its wrapper is D2O's, which only students have, or where its network takes a second time;
/// else it is a diffusion model. Throws FileDamaged, naming the value, where a word is no number that can be.
TrainedSampler samplerOfModel(Preconditioning kind, const NetworkConfig& config,
                              const std::map<std::string, std::string>& metadata);

/// The words that say so, of a student that is sampled like this.
std::map<std::string, std::string> samplerWords(const SamplerConfig& student);

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/gan/backbone.h"

namespace thaw {

/// The stages of a classifier that `thaw-cli train-features` wrote, as a discriminator's backbone: one map a stage, highest
/// resolution first, in float and in evaluation mode (running statistics). It is data and no program. A classifier that also
/// judges the run (MeasureChoice::features) makes its own distance mean less: use one of another seed.
/// Throws what readFeatureClassifier throws, and WrongKind for one of other images than `frozen` makes.
std::unique_ptr<Backbone> openClassifierBackbone(const std::string& path, const Denoiser& frozen, torch::Device device);

}  // namespace thaw

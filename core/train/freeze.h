// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/denoiser.h"
#include "core/train/adam.h"
#include "core/values/freeze_plan.h"

namespace thaw {

/// Applies the freeze rule to a generator: `requires_grad` of every parameter follows `isFrozen`, and the parameters
/// that stay trainable are returned under their names below `model.`. The optimiser holds exactly these.
Adam::Named applyFreeze(Denoiser& generator, const FreezePlan& plan);

/// Switches the gradients of all parameters of a module on or off.
void requireGrad(torch::nn::Module& module, bool on);

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/npz.h"
#include "core/spectral/probe_inputs.h"

#include <string>
#include <vector>

namespace thaw {

/// The raw responses behind a measurement, for recomputing it elsewhere: float32 [images, C, H, W] under the response's
/// name, and the network's input as `input`; one forward pass with the inputs of seeds firstSeed .. firstSeed + images - 1.
/// Throws as LayerSweep does, and OutOfMemory above 2 GiB.
NpzArchive exportResponses(Denoiser& denoiser, const Dataset& data, const std::vector<std::string>& names, double sigma,
                           std::uint64_t firstSeed, int images, const ClassChoice& classes = {});

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/denoiser.h"
#include "core/values/band_filter.h"

#include <vector>

namespace thaw {

/// h ↦ IFFT2(a(r)·FFT2(h)) with a = factor where low <= r < high, 1 elsewhere; every map of [N, C, H, W] alone, on its
/// device, in float or double, back in h's type and memory format.
torch::Tensor filteredBand(const torch::Tensor& maps, const BandFilter& filter);

/// A hook that applies each filter to its response wherever the network runs: hand it to a forward pass or a sampler.
/// Filters of one response apply one after another.
ResponseHook bandSurgery(std::vector<BandFilter> filters);

/// Throws Configuration for bands that are empty or below 0 and factors that are no number, Usage for a response that
/// the network does not have.
void requireSaneFilters(const NetworkConfig& network, const std::vector<BandFilter>& filters);

}  // namespace thaw

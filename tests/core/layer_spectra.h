// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/responses.h"
#include "core/spectral/layer_response.h"

#include <algorithm>

namespace thaw {

/// The responses that a request names (all blocks where it names none), chunk after chunk in one call: what measurements in
/// pieces are held against.
inline LayerSpectra layerSpectra(Denoiser denoiser, const Dataset& data, const LayerResponseRequest& request) {
    const auto& network = denoiser->config();
    LayerSpectra spectra(request.blocks.empty() ? blockResponses(network) : request.blocks, request.options);
    for (int first = 0; first < request.images; first += request.chunk)
        probe(denoiser,
              noisyInputs(network, data, request.sigma, request.firstSeed + std::uint64_t(first),
                          std::min(request.chunk, request.images - first)),
              request.sigma, spectra.hook());
    return spectra;
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/spectral/moments.h"
#include "core/spectral/probe_inputs.h"
#include "core/spectral/response_rings.h"
#include "core/values/layer_sweep.h"
#include "core/values/measurement.h"

namespace thaw {

/// Power of a network's responses over noise level and frequency; see LayerSweepTable. A piece is one forward pass at one
/// noise level; the first pieces cover all levels with two images each, then the rest follows in the request's chunks.
/// The same request gives the same bits on the CPU; another chunk changes only the last digits of a float.
class LayerSweep : public Measurement<LayerSweepTable> {
public:
    /// Shares the denoiser's weights and the data. Throws Usage (unknown block), Configuration (noise levels, number of
    /// images, band edges), WrongKind (real images are needed and the data do not fit).
    LayerSweep(Denoiser denoiser, Dataset data, LayerSweepRequest request, std::string model = {});

    bool advance() override;
    double progress() const override;
    LayerSweepTable value() const override;

private:
    Denoiser denoiser_;
    Dataset data_;
    LayerSweepRequest request_;
    std::string model_;
    std::vector<ImageRange> ranges_;
    std::size_t next_ = 0;  // range · S + sigma
    ResponseRings rings_;
    std::vector<Moments> moments_;  // [B][S], of {E[0 .. allRings-1], energy per pixel, centroid, A[k, k]}
};

/// The request with what it leaves open filled in for this network, checked as LayerSweep says.
LayerSweepRequest checkedRequest(LayerSweepRequest request, const NetworkConfig& network, const Dataset& data);

/// Radial profiles of every single channel of one response at one noise level; of `request` only images, seeds, chunk
/// and the preparation of the maps count. Throws as LayerSweep does, and Interrupted.
ChannelProfiles channelProfiles(Denoiser& denoiser, const Dataset& data, const std::string& block, double sigma,
                                const LayerSweepRequest& request, const Progress& progress = {});

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/spectral/level_error.h"
#include "core/spectral/power_spectrum.h"
#include "core/spectral/probe_inputs.h"
#include "core/values/measurement.h"
#include "core/values/spectrum.h"

#include <cstdint>
#include <string>
#include <vector>

namespace thaw {

/// Power spectra of the outputs of a network's blocks, in the order of the forward pass. The definition is our own: the
/// average over images and channels of |FFT2(h)|²/(H·W) of a block's output h [N, C, H, W]. By default a map's own mean
/// is left in, so that the bins of a block sum to the mean energy of its maps (Parseval); `options.removeMean` takes it
/// out.
class LayerSpectra {
public:
    /// `blocks`: whose output to measure, e.g. `enc.28x28_block0` or `enc.28x28_block0.conv0`; empty = all that is heard.
    explicit LayerSpectra(std::vector<std::string> blocks = {}, const PowerSpectrumOptions& options = {});

    /// To be handed to a forward pass; valid while this object stays where it is.
    ResponseHook hook();
    void add(const std::string& block, const torch::Tensor& response);

    struct Layer {
        std::string block;
        std::int64_t images = 0;
        std::int64_t channels = 0;
        PowerSpectrum spectrum;
    };
    const std::vector<Layer>& layers() const { return layers_; }

private:
    std::vector<std::string> wanted_;
    PowerSpectrumOptions options_;
    std::vector<Layer> layers_;
};

struct LayerResponseRequest {
    std::vector<std::string> blocks;  ///< any of responsesOf; empty = all blocks
    double sigma = 80;                ///< noise level of the input
    int images = 16;
    std::uint64_t firstSeed = 0;
    int chunk = 16;  ///< images a forward pass
    PowerSpectrumOptions options;
    ClassChoice classes{};  ///< what a conditional network is told
};

/// The 2-D spectrum of one response (`blocks` names it alone): the denoiser (in float, without gradient) over the request's
/// images, in pieces of one chunk.
class ResponseSpectrum : public Measurement<LayerSpectrum> {
public:
    /// Shares the denoiser's weights and the data, which may be empty from kPureNoiseSigma on; `model` and `tuned` are what
    /// the value says of itself. Throws Usage for a block that the network has not or that makes no map, WrongKind when
    /// real images are needed and the data do not fit the network.
    ResponseSpectrum(Denoiser denoiser, Dataset data, LayerResponseRequest request, std::string model, bool tuned);

    bool advance() override;
    double progress() const override;
    LayerSpectrum value() const override;  ///< without a spectrum before the first piece

private:
    Denoiser denoiser_;
    Dataset data_;
    LayerResponseRequest request_;
    std::string model_;
    bool tuned_;
    LayerSpectra spectra_;
    LevelError levels_;
    int done_ = 0;  // images
};

/// One block as a value; `model` and `tuned` are the caller's to fill in. `layer` was measured for `request`.
LayerSpectrum toLayerSpectrum(const LayerSpectra::Layer& layer, const LayerResponseRequest& request);

}  // namespace thaw

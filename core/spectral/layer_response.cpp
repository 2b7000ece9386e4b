// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spectral/layer_response.h"

#include "core/nn/responses.h"
#include "core/spectral/radial_profile.h"
#include "core/values/error.h"

#include <torch/torch.h>

#include <algorithm>
#include <limits>

namespace thaw {

LayerSpectra::LayerSpectra(std::vector<std::string> blocks, const PowerSpectrumOptions& options)
    : wanted_(std::move(blocks)), options_(options) {}

ResponseHook LayerSpectra::hook() {
    return [this](const std::string& block, const torch::Tensor& response) { add(block, response); };
}

void LayerSpectra::add(const std::string& block, const torch::Tensor& response) {
    if (!wanted_.empty() && std::find(wanted_.begin(), wanted_.end(), block) == wanted_.end()) return;
    auto layer = std::find_if(layers_.begin(), layers_.end(), [&](const Layer& l) { return l.block == block; });
    if (layer == layers_.end()) layer = layers_.insert(layer, {block, 0, response.size(1), PowerSpectrum(options_)});
    layer->spectrum.add(response);
    layer->images += response.size(0);
}

void LayerSpectra::reset() { layers_.clear(); }

LayerSpectra measureLayerSpectra(Denoiser& denoiser, const Dataset& data, const LayerResponseRequest& request,
                                 const Progress& progress) {
    const auto& network = denoiser->config();
    requireResponses(network, request.blocks);
    requireSaneProbe({request.sigma}, request.images);
    requireFittingData(network, data, {request.sigma});
    LayerSpectra spectra(request.blocks.empty() ? blockResponses(network) : request.blocks, request.options);
    for (int first = 0; first < request.images; first += request.chunk) {
        if (progress && !progress(double(first) / request.images))
            throw Error(ErrorCode::Interrupted, "The measurement of the layers was interrupted.");
        const int count = std::min(request.chunk, request.images - first);
        const auto inputs = noisyInputs(network, data, request.sigma, request.firstSeed + std::uint64_t(first), count);
        probe(denoiser, inputs, request.sigma, spectra.hook());
    }
    return spectra;
}

LayerSpectrum toLayerSpectrum(const LayerSpectra::Layer& layer, const LayerResponseRequest& request) {
    LayerSpectrum value;
    value.block = layer.block;
    value.sigma = request.sigma;
    value.images = layer.images;
    value.channels = layer.channels;
    value.firstSeed = request.firstSeed;
    value.spectrum = layer.spectrum.value();
    value.profile = radialProfile(value.spectrum, request.options.interpolation);
    return value;
}

LayerTable toLayerTable(const LayerSpectra& spectra, const LayerResponseRequest& request) {
    LayerTable table;
    table.sigma = request.sigma;
    for (const auto& layer : spectra.layers()) {
        const auto profile = radialProfile(layer.spectrum.value(), request.options.interpolation);
        table.blocks.push_back(layer.block);
        table.power.push_back(profile.power);
        table.images = std::max(table.images, layer.images);
        if (profile.frequency.size() > table.frequencies.size()) table.frequencies = profile.frequency;
    }
    for (auto& row : table.power) row.resize(table.frequencies.size(), std::numeric_limits<double>::quiet_NaN());
    return table;
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spectral/layer_response.h"

#include "core/nn/responses.h"
#include "core/spectral/radial_profile.h"
#include "core/values/error.h"

#include <torch/torch.h>

#include <algorithm>

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

namespace {

void requirePossible(const NetworkConfig& network, const Dataset& data, const LayerResponseRequest& request) {
    requireResponses(network, request.blocks);
    requireSaneProbe({request.sigma}, request.images);
    requireFittingData(network, data, {request.sigma});
}

// The next chunk of images, from `first` on; returns where the one after it begins.
int addChunk(const ResponseHook& hook, Denoiser& denoiser, const Dataset& data, const LayerResponseRequest& request,
             int first) {
    const int count = std::min(request.chunk, request.images - first);
    const auto& network = denoiser->config();
    const auto seed = request.firstSeed + std::uint64_t(first);
    probe(denoiser, noisyInputs(network, data, request.sigma, seed, count), request.sigma, hook,
          inputLabels(network, data, request.sigma, seed, count, request.classes));
    return first + count;
}

}  // namespace

ResponseSpectrum::ResponseSpectrum(Denoiser denoiser, Dataset data, LayerResponseRequest request, std::string model,
                                   bool tuned)
    : denoiser_(std::move(denoiser)),
      data_(std::move(data)),
      request_(std::move(request)),
      model_(std::move(model)),
      tuned_(tuned),
      spectra_(request_.blocks, request_.options),
      levels_(request_.options) {
    requirePossible(denoiser_->config(), data_, request_);
}

bool ResponseSpectrum::advance() {
    const ResponseHook hook = [this](const std::string& block, const torch::Tensor& response) {
        spectra_.add(block, response);
        if (request_.blocks.empty() || block == request_.blocks.front()) levels_.add(response);
    };
    if (done_ < request_.images) done_ = addChunk(hook, denoiser_, data_, request_, done_);
    return done_ < request_.images;
}

double ResponseSpectrum::progress() const { return double(done_) / request_.images; }

LayerSpectrum ResponseSpectrum::value() const {
    LayerSpectrum value;
    if (!spectra_.layers().empty()) value = toLayerSpectrum(spectra_.layers().front(), request_);
    value.levelError = levels_.value();
    value.model = model_;
    value.tuned = tuned_;
    return value;
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

}  // namespace thaw

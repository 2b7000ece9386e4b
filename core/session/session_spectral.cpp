// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/seed_sampling.h"
#include "core/io/open_model.h"
#include "core/nn/responses.h"
#include "core/session/session_impl.h"
#include "core/spectral/block_swap.h"
#include "core/spectral/image_spectrum.h"
#include "core/spectral/layer_difference.h"
#include "core/spectral/layer_sweep.h"
#include "core/spectral/transfer_measurement.h"

#include <torch/torch.h>

namespace thaw {

Session::Impl::ChosenModel Session::Impl::chosen(const ModelChoice& choice) {
    switch (choice.kind) {
    case ModelChoice::Kind::Original: requireModel(); return {original.denoiser, modelSummary.title};
    case ModelChoice::Kind::Tuned: {
        const auto& tuned = generator(true);
        return {cloneDenoiser(tuned, tuned->kind()), modelSummary.title + ", fine-tuned"};
    }
    case ModelChoice::Kind::File: break;
    }
    const auto denoiser = other(choice.path, {});
    return {denoiser, summarise(others.back().second, choice.path).title};
}

LayerSpectrum Session::layerSpectrum(const SpectrumRequest& request, const Progress& progress) {
    LayerResponseRequest wanted;
    wanted.blocks = {request.block};
    wanted.sigma = request.sigma;
    wanted.images = request.images;
    wanted.firstSeed = request.firstSeed;
    const bool beside = !request.other.empty();
    auto denoiser = beside ? impl_->other(request.other, progress) : impl_->generator(request.tuned);
    auto result =
        toLayerSpectrum(measureLayerSpectra(denoiser, impl_->data, wanted, progress).layers().front(), wanted);
    result.model = beside ? summarise(impl_->others.back().second, request.other).title : impl_->modelSummary.title;
    result.tuned = request.tuned || beside;
    return result;
}

Session::Measuring<LayerSweepTable> Session::layerSweep(const LayerSweepRequest& request, const ModelChoice& model) {
    const auto [denoiser, title] = impl_->chosen(model);
    return std::make_unique<LayerSweep>(denoiser, impl_->data, request, title);
}

Session::Measuring<LayerDifferenceTable> Session::layerDifference(const LayerSweepRequest& request,
                                                                  const ModelChoice& a, const ModelChoice& b) {
    const auto first = impl_->chosen(a), second = impl_->chosen(b);
    return std::make_unique<LayerDifference>(first.denoiser, second.denoiser, impl_->data, request, first.title,
                                             second.title);
}

Session::Measuring<TransferFunction> Session::transferFunction(const TransferRequest& request,
                                                               const ModelChoice& model) {
    const auto [denoiser, title] = impl_->chosen(model);
    return std::make_unique<TransferMeasurement>(networkPart(denoiser, impl_->data, request), request, title);
}

Session::Measuring<FourierGainMap> Session::fourierGain(const TransferRequest& request, const ModelChoice& model) {
    const auto [denoiser, title] = impl_->chosen(model);
    return std::make_unique<FourierProbe>(networkPart(denoiser, impl_->data, request), request, title);
}

Session::Measuring<BlockSwapTable> Session::blockSwap(const BlockSwapRequest& request, const ModelChoice& tuned,
                                                      const ModelChoice& pretrained) {
    auto subject = impl_->chosen(tuned);
    const auto source = impl_->chosen(pretrained);
    // The open model is never written to, not even for a moment.
    if (tuned.kind == ModelChoice::Kind::Original)
        subject.denoiser = cloneDenoiser(subject.denoiser, subject.denoiser->kind());
    return std::make_unique<BlockSwap>(subject.denoiser, source.denoiser, impl_->data, request, subject.title,
                                       source.title);
}

Session::Measuring<ImageSpectrumTable> Session::imageSpectrum(const ImageSpectrumRequest& request) {
    const auto source = impl_->imageSource(request.images, true);
    ImageSpectrumOptions options;
    options.styleGan3 = request.styleGan3;
    options.chunk = request.chunk;
    if (options.styleGan3) {
        impl_->requireData();  // whitening is theirs
        const auto whitening = datasetWhitening(impl_->data);
        options.mean = whitening.mean;
        options.std = whitening.std;
    }
    const auto titleOf = [&]() -> std::string {
        switch (request.images.source) {
        case SampleSource::RealData: return impl_->dataSummary.title;
        case SampleSource::OtherModel: return summarise(impl_->others.back().second, request.images.path).title;
        case SampleSource::TunedOneStep: return impl_->modelSummary.title + ", fine-tuned";
        case SampleSource::OriginalMultiStep:
        case SampleSource::OriginalOneStep: break;
        }
        return impl_->modelSummary.title;
    };
    const auto title = titleOf();
    const auto stream = [source, seeds = request.images.seeds](const ImageRange& range) {
        return source({seeds.begin() + range.first, seeds.begin() + range.last}, {});
    };
    return std::make_unique<ImageSpectrum>(stream, int(request.images.seeds.size()), options, title);
}

ChannelProfiles Session::channelProfiles(const std::string& block, double sigma, const LayerSweepRequest& request,
                                         const ModelChoice& model, const Progress& progress) {
    auto denoiser = impl_->chosen(model).denoiser;
    return thaw::channelProfiles(denoiser, impl_->data, block, sigma, request, progress);
}

std::vector<ResponseInfo> Session::responses() const {
    impl_->requireModel();
    return responsesOf(impl_->original.denoiser->config());
}

}  // namespace thaw

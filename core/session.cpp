// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session.h"

#include "core/data/open_dataset.h"
#include "core/io/model_card.h"
#include "core/io/open_model.h"
#include "core/session_impl.h"
#include "core/session_parts.h"
#include "core/train/student.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>

namespace thaw {

Session::Session(const ComputeOptions& options) : impl_(std::make_unique<Impl>()) {
    impl_->compute = chooseCompute(options.device, options.precision, options.threads);
}
Session::~Session() = default;

std::string Session::computeTitle() const { return impl_->compute.title(); }
const ModelSummary& Session::model() const { return impl_->modelSummary; }
const ModelCard& Session::modelCard() const { return impl_->modelCard; }
const DataSummary& Session::data() const { return impl_->dataSummary; }

ModelSummary Session::openModel(const std::string& path, const Progress& progress) {
    impl_->requireIdle("opening another model");
    auto loaded = openModelFile(path, progress);  // throws before anything of the open work changes
    auto card = thaw::modelCard(loaded, path);
    if (progress && !progress(1)) throw Error(ErrorCode::Interrupted, "Opening '" + path + "' was cancelled.");
    loaded.denoiser->to(impl_->compute.device);
    for (auto& parameter : loaded.denoiser->parameters()) parameter.set_requires_grad(false);
    impl_->modelSummary = summarise(loaded, path);
    impl_->modelCard = std::move(card);
    impl_->original = loaded;
    impl_->trainer.reset();
    impl_->fid.reset();
    return impl_->modelSummary;
}

DataSummary Session::openData(const std::string& path, const DatasetOptions& options, const Progress& progress) {
    impl_->requireIdle("opening other data");
    auto data = openDataset(path, options, progress);  // throws before anything of the open work changes
    impl_->fid.reset();
    impl_->trainer.reset();  // its batches come from the old data
    impl_->data = std::move(data);
    impl_->fidReference.reset();
    impl_->dataOptions = options;
    impl_->dataSummary = summarise(impl_->data);
    impl_->dataSummary.path = path;
    return impl_->dataSummary;
}

Denoiser& Session::Impl::other(const std::string& path, const Progress& progress) {
    constexpr std::size_t kMost = 4;
    const auto known = std::find_if(others.begin(), others.end(), [&](const auto& model) { return model.first == path; });
    if (known != others.end()) {
        std::rotate(known, known + 1, others.end());
    } else {
        auto loaded = openModelFile(path, progress);
        loaded.denoiser->to(compute.device);
        for (auto& parameter : loaded.denoiser->parameters()) parameter.set_requires_grad(false);
        others.emplace_back(path, std::move(loaded));
        if (others.size() > kMost) others.erase(others.begin());
    }
    return others.back().second.denoiser;
}

SampleColumn Session::sample(const SampleRequest& request, const Progress& progress) {
    impl_->requireModelAndData();
    SampleColumn column{request.source, 1, 0, request.seeds, {}, request.shift};
    if (request.source == SampleSource::RealData) {
        auto indices = torch::empty({std::int64_t(request.seeds.size())}, torch::kLong);
        for (std::size_t i = 0; i < request.seeds.size(); ++i)
            indices.data_ptr<std::int64_t>()[i] = std::int64_t(request.seeds[i] % std::uint64_t(impl_->data.count()));
        column.images = toImages(imageBatch(impl_->data, indices));
        return column;
    }
    const bool tuned = request.source == SampleSource::TunedOneStep;
    const bool other = request.source == SampleSource::OtherModel;
    auto& denoiser = other ? impl_->other(request.path, progress) : impl_->generator(tuned);
    SamplerConfig sampler;
    sampler.kind = SamplerKind::OneStep;
    if (request.source == SampleSource::OriginalMultiStep || (other && request.steps > 1)) {
        sampler.kind = SamplerKind::Heun;
        sampler.steps = column.steps = request.steps;
    }
    if (tuned) {
        column.kimg = double(impl_->trainer->images()) / 1000;
        sampler = studentSampler(impl_->trainer->config());
        column.steps = impl_->trainer->config().studentSteps;
    }
    SampleContext context;
    context.callback = progress;
    column.images = toImages(sampleSeeds(denoiser, request.seeds, sampler, impl_->compute, context, request.shift));
    return column;
}

Trajectory Session::trajectory(const TrajectoryRequest& request, const Progress& progress) {
    impl_->requireModelAndData();
    Trajectory way{request.seed, request.steps, {}, {}, {}};
    auto& denoiser = impl_->original.denoiser;
    const double data = denoiser->config().sigmaData;
    const auto note = [&](double sigma, const torch::Tensor& x, const torch::Tensor& denoised) {
        way.sigmas.push_back(sigma);
        way.noisy.push_back(toImages(x * (data / std::hypot(sigma, data))).front());
        way.denoised.push_back(toImages(denoised).front());
    };
    SamplerConfig sampler;
    sampler.steps = request.steps;
    SampleContext context;
    context.callback = progress;
    context.observe = note;
    const auto last = sampleSeeds(denoiser, {request.seed}, sampler, impl_->compute, context, request.shift);
    note(0, last, last);
    return way;
}

LayerSpectrum Session::layerSpectrum(const SpectrumRequest& request, const Progress& progress) {
    LayerResponseRequest wanted;
    wanted.blocks = {request.block};
    wanted.sigma = request.sigma;
    wanted.images = request.images;
    wanted.firstSeed = request.firstSeed;
    const auto spectra = impl_->layers(wanted, request.tuned, progress);
    auto result = toLayerSpectrum(spectra.layers().front(), wanted);
    result.model = impl_->modelSummary.title;
    result.tuned = request.tuned;
    return result;
}

LayerTable Session::layerTable(double sigma, int images, bool tuned, const Progress& progress) {
    LayerResponseRequest wanted;
    wanted.sigma = sigma;
    wanted.images = images;
    return toLayerTable(impl_->layers(wanted, tuned, progress), wanted);
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session.h"

#include "core/data/open_dataset.h"
#include "core/io/model_card.h"
#include "core/io/open_model.h"
#include "core/session_impl.h"
#include "core/session_parts.h"
#include "core/train/student.h"

#include <torch/torch.h>

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

SampleColumn Session::sample(const SampleRequest& request, const Progress& progress) {
    impl_->requireModelAndData();
    SampleColumn column{request.source, 1, 0, request.seeds, {}};
    if (request.source == SampleSource::RealData) {
        auto indices = torch::empty({std::int64_t(request.seeds.size())}, torch::kLong);
        for (std::size_t i = 0; i < request.seeds.size(); ++i)
            indices.data_ptr<std::int64_t>()[i] = std::int64_t(request.seeds[i] % std::uint64_t(impl_->data.count()));
        column.images = toImages(imageBatch(impl_->data, indices));
        return column;
    }
    const bool tuned = request.source == SampleSource::TunedOneStep;
    auto& denoiser = impl_->generator(tuned);
    SamplerConfig sampler;
    sampler.kind = SamplerKind::OneStep;
    if (request.source == SampleSource::OriginalMultiStep) {
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
    column.images = toImages(sampleSeeds(denoiser, request.seeds, sampler, impl_->compute, context));
    return column;
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

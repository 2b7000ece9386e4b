// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/open_files.h"

#include "core/data/finite_rows.h"
#include "core/data/open_dataset.h"
#include "core/diffusion/seed_sampling.h"
#include "core/io/model_card.h"
#include "core/io/open_model.h"
#include "core/session/open_files_impl.h"
#include "core/spectral/band_surgery.h"
#include "core/train/student.h"
#include "core/values/number_text.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <sstream>

namespace thaw {

OpenFiles::OpenFiles(const ComputeDevice& compute) : impl_(std::make_unique<Impl>()) { impl_->compute = compute; }
OpenFiles::~OpenFiles() = default;

const ModelSummary& OpenFiles::model() const { return impl_->modelSummary; }
const ModelCard& OpenFiles::modelCard() const { return impl_->modelCard; }
FileHash& OpenFiles::modelHash() { return impl_->modelHash; }
const DataSummary& OpenFiles::data() const { return impl_->dataSummary; }
const DatasetOptions& OpenFiles::dataOptions() const { return impl_->dataOptions; }
bool OpenFiles::advanceDataHash() {
    impl_->dataHash.advance();
    return impl_->dataHash.isPending();
}
std::string OpenFiles::dataHash(const Progress& progress) { return impl_->dataHash.whole(progress); }

ModelSummary OpenFiles::openModel(const std::string& path, const Progress& progress) {
    impl_->requireIdle("opening another model");
    auto loaded = openModelFile(path, progress);  // throws before anything of the open work changes
    auto card = thaw::modelCard(loaded, path);
    if (progress && !progress(1)) throw Error(ErrorCode::Interrupted, "Opening '" + path + "' was cancelled.");
    loaded.denoiser->to(impl_->compute.device);
    for (auto& parameter : loaded.denoiser->parameters()) parameter.set_requires_grad(false);
    impl_->modelSummary = summarise(loaded, path);
    impl_->modelCard = std::move(card);
    impl_->modelHash = FileHash(modelFilesOf(path));
    impl_->original = loaded;
    impl_->looked.reset();
    impl_->discardDependent();
    return impl_->modelSummary;
}

DataSummary OpenFiles::openData(const std::string& path, const DatasetOptions& options, const Progress& progress) {
    impl_->requireIdle("opening other data");
    auto data = openDataset(path, options, progress);  // throws before anything of the open work changes
    impl_->discardDependent();                         // its batches come from the old data
    impl_->data = std::move(data);
    impl_->fidReference.reset();
    impl_->dataOptions = options;
    impl_->dataSummary = summarise(impl_->data);
    impl_->dataSummary.path = path;
    auto named = impl_->data;
    named.path = path;
    impl_->dataHash = DataHash(named);
    return impl_->dataSummary;
}

void OpenFiles::releaseMemory() {
    impl_->others.clear();
    if (!impl_->dependent || !impl_->dependent->isMeasuring()) impl_->fidReference.reset();
}

namespace {

// Of a run folder its newest snapshot; empty where there is none, or the folder cannot be read now.
std::string fileBehind(const std::string& path) {
    try {
        return modelFileOf(path);
    } catch (const Error&) {
        return {};
    }
}

// A run that goes on takes old snapshots away, also while one of them is read.
LoadedModel openBeside(const std::string& path, std::string& file, const Progress& progress) {
    constexpr int kTries = 3;
    for (int tries = 1;; ++tries) {
        file = fileBehind(path);
        try {
            return openModelFile(path, progress);
        } catch (const Error&) {
            if (tries == kTries || fileBehind(path) == file) throw;
        }
    }
}

}  // namespace

OpenFiles::Impl::ChosenModel OpenFiles::Impl::other(const std::string& path, const Progress& progress) {
    constexpr std::size_t kMost = 4;
    auto known = std::find_if(others.begin(), others.end(), [&](const auto& model) { return model.first == path; });
    if (known != others.end() && !known->second.file.empty()) {
        const auto newest = fileBehind(path);
        if (!newest.empty() && newest != known->second.file) {
            others.erase(known);
            known = others.end();
        }
    }
    if (known != others.end()) {
        std::rotate(known, known + 1, others.end());
    } else {
        std::string file;
        auto loaded = openBeside(path, file, progress);
        loaded.denoiser->to(compute.device);
        for (auto& parameter : loaded.denoiser->parameters()) parameter.set_requires_grad(false);
        const auto summary = summarise(loaded, path);
        const auto kimg = loaded.metadata.find("kimg");
        std::error_code error;
        const bool isRun = std::filesystem::is_directory(path, error) && kimg != loaded.metadata.end();
        others.emplace_back(path, ChosenModel{loaded.denoiser, summary.title, summary.sampling, file,
                                              isRun ? numberOf(kimg->second).value_or(0) : 0});
        if (others.size() > kMost) others.erase(others.begin());
    }
    return others.back().second;
}

std::string OpenFiles::Impl::tunedTitle() const {
    std::ostringstream title;
    title << modelSummary.title << ", fine-tuned";
    if (trainer()) title << ", " << double(trainer()->images()) / 1000 << " kimg";
    return title.str();
}

OpenFiles::Impl::ChosenModel OpenFiles::Impl::chosen(const ModelChoice& choice, const Progress& progress) {
    switch (choice.kind) {
    case ModelChoice::Kind::Original: requireModel(); return {original.denoiser, modelSummary.title};
    case ModelChoice::Kind::Tuned: {
        const auto& tuned = generator(true);
        return {cloneDenoiser(tuned, tuned->kind()), tunedTitle()};
    }
    case ModelChoice::Kind::File: break;
    }
    return other(choice.path, progress);
}

OpenFiles::Impl::ImageSource OpenFiles::Impl::imageSource(const SampleRequest& request, bool copyTuned,
                                                          const Progress& progress) {
    if (request.source == SampleSource::RealData) {
        requireData();
        return [data = data](const std::vector<std::uint64_t>& seeds, const Progress&) {
            auto indices = torch::empty({std::int64_t(seeds.size())}, torch::kLong);
            for (std::size_t i = 0; i < seeds.size(); ++i)
                indices.data_ptr<std::int64_t>()[i] = std::int64_t(seeds[i] % std::uint64_t(data.count()));
            return imageBatch(data, indices);
        };
    }
    const bool tuned = request.source == SampleSource::TunedOneStep,
               beside = request.source == SampleSource::OtherModel;
    auto denoiser = beside ? other(request.path, progress).denoiser : generator(tuned);
    if (tuned && copyTuned) denoiser = cloneDenoiser(denoiser, denoiser->kind());
    const auto sampler = samplerOf(request, progress).config;
    requireSaneFilters(denoiser->config(), request.surgery);
    const auto name = beside ? request.path : tuned ? tunedTitle() : modelSummary.title;
    return [=, surgery = request.surgery, shift = request.shift, classes = request.classes, compute = compute](
               const std::vector<std::uint64_t>& seeds, const Progress& progress) mutable {
        SampleContext context;
        context.callback = progress;
        context.hook = bandSurgery(surgery);
        auto images = sampleSeeds(denoiser, seeds, sampler, compute, context, shift, classes);
        requireFiniteImages(rowsNotFinite(images), name);
        return images;
    };
}

OpenFiles::Impl::ChosenSampler OpenFiles::Impl::samplerOf(const SampleRequest& request, const Progress& progress) {
    switch (request.source) {
    case SampleSource::TunedOneStep: {
        generator(true);  // throws where there is none
        if (!trainer()) return {looked->sampling.config, looked->sampling};
        const auto& config = trainer()->config();
        return {studentSampler(config), {studentSampler(config), config.studentSteps}};
    }
    case SampleSource::OriginalMultiStep:
        requireModel();
        return {samplerOfSteps(modelSummary.sampling, request.steps), modelSummary.sampling};
    case SampleSource::OtherModel: {
        const auto trained = other(request.path, progress).sampling;
        return {samplerOfSteps(trained, request.steps), trained};
    }
    case SampleSource::OriginalOneStep:
    case SampleSource::RealData: break;
    }
    requireModel();
    return {oneStepSampler(modelSummary.sampling.oneStepSigma()), modelSummary.sampling};
}

SampleColumn OpenFiles::sample(const SampleRequest& request, const Progress& progress) {
    SampleColumn column{request.source, 1, 0, request.seeds, {}, request.shift};
    column.images = toImages(impl_->imageSource(request, false, progress)(request.seeds, progress));
    if (request.source == SampleSource::RealData) return column;
    const auto sampler = impl_->samplerOf(request, progress);
    if (sampler.config.kind != SamplerKind::OneStep) column.steps = sampler.config.steps;
    column.hasClasses =
        (request.source == SampleSource::OtherModel ? impl_->other(request.path).denoiser : impl_->original.denoiser)
            ->config()
            .labelDim > 0;
    column.sampler = samplerTitle(sampler.config);
    column.asTrained = contradiction(sampler.trained, sampler.config).empty();
    if (request.source == SampleSource::OtherModel) column.kimg = impl_->other(request.path).kimg;
    if (request.source == SampleSource::TunedOneStep)
        column.kimg = impl_->trainer() ? double(impl_->trainer()->images()) / 1000 : impl_->looked->kimg;
    return column;
}

Trajectory OpenFiles::trajectory(const TrajectoryRequest& request, const Progress& progress) {
    impl_->requireModel();
    const auto sampler = samplerOfSteps(impl_->modelSummary.sampling, request.steps);
    const int steps = sampler.kind == SamplerKind::OneStep ? 1 : sampler.steps;
    Trajectory way{request.seed, steps, {}, {}, {}};
    auto& denoiser = impl_->original.denoiser;
    const double data = denoiser->config().sigmaData;
    const auto note = [&](double sigma, const torch::Tensor& x, const torch::Tensor& denoised) {
        way.sigmas.push_back(sigma);
        way.noisy.push_back(toImages(x * (data / std::hypot(sigma, data))).front());
        way.denoised.push_back(toImages(denoised).front());
    };
    SampleContext context;
    context.callback = progress;
    context.observe = note;
    const auto last =
        sampleSeeds(denoiser, {request.seed}, sampler, impl_->compute, context, request.shift, request.classes);
    note(0, last, last);
    return way;
}

}  // namespace thaw

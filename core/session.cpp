// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session.h"

#include "core/diffusion/noise.h"
#include "core/io/atomic_file.h"
#include "core/io/model_card.h"
#include "core/io/open_model.h"
#include "core/session_parts.h"
#include "core/spectral/layer_response.h"
#include "core/train/config_json.h"
#include "core/train/run_folder.h"
#include "core/train/training_state.h"

#include <nlohmann/json.hpp>
#include <torch/torch.h>

#include <filesystem>
#include <ostream>

namespace thaw {

using Json = nlohmann::ordered_json;

struct Session::Impl {
    Compute compute;
    LoadedModel original;
    ModelSummary modelSummary;
    ModelCard modelCard;
    Dataset data;
    DataSummary dataSummary;
    DatasetOptions dataOptions;
    std::optional<FidReference> fidReference;  // opened on first use
    std::unique_ptr<Finetuner> trainer;        // stays after the run: its EMA is the tuned generator
    std::unique_ptr<FidMeasurement> fid;
    bool running = false;
    std::string runFolder;
    double lastFidKimg = 0, lastSnapshotKimg = 0;
    FinetuneConfig idleConfig;

    void requireModelAndData() const {
        if (!original.denoiser || !data.images.defined())
            throw Error(ErrorCode::Configuration, "No model or no data set is open.", "Open a model and a data set first.");
    }
    Denoiser& generator(bool tuned) {
        if (!tuned) return original.denoiser;
        if (!trainer)
            throw Error(ErrorCode::Configuration, "There is no fine-tuned generator yet.", "Start a run first.");
        return trainer->ema();
    }
    const FidReference& reference() {
        if (!fidReference) fidReference = openFidReference(data);
        return *fidReference;
    }
    FidPoint point(const FidMeasurement& measured, double kimg) {
        return {kimg, measured.value(), measured.images(), reference().statistics.features, reference().statistics.data};
    }
    void requireFit() const {
        requireModelAndData();
        throwErrors(fitOf(modelSummary, dataSummary));
    }
    void requireRun() const {
        if (!running) throw Error(ErrorCode::Configuration, "No run is going.", "Start a run first.");
    }
    void requireIdle(const char* what) const {
        if (running)
            throw Error(ErrorCode::Configuration, std::string("A run is going; ") + what + " must wait.", "Stop the run first.");
    }
    void log(const Json& line) const { appendStats(runFolder, line.dump()); }
    LayerSpectra layers(const LayerResponseRequest& request, bool tuned, const Progress& progress) {
        requireModelAndData();
        return measureLayerSpectra(generator(tuned), data, request, progress);
    }
};

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
        sampler.sigmaMax = impl_->trainer->config().sigma;
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

void Session::startRun(const FinetuneConfig& config, const std::string& runsFolder) {
    impl_->requireIdle("starting another");
    impl_->requireFit();
    throwProblems(finetuneProblems(config, impl_->original.denoiser, impl_->data), "fine-tuning");
    std::string label = "d2o";
    for (const auto& preset : freezePresets())
        if (preset.plan == config.freeze && preset.key != "none") label = preset.key;
    startRunIn(config, createNumberedRun(runsFolder, label));
}

void Session::startRunIn(const FinetuneConfig& config, const std::string& runFolder) {
    impl_->requireIdle("starting another");
    impl_->requireFit();
    // The trainer is made first: an impossible configuration leaves no empty folder behind.
    auto trainer = std::make_unique<Finetuner>(config, impl_->original.denoiser, impl_->data, impl_->compute);
    claimRunFolder(runFolder);
    Json description = Json::parse(toJson(config));
    description["objective"] = "gan";
    description["model"] = impl_->modelSummary.path;
    description["data"] = impl_->dataSummary.path;
    if (const auto& options = impl_->dataOptions; options.maxImages > 0)
        description["data_subset"] = {{"images", options.maxImages}, {"seed", options.seed}};
    description["compute"] = impl_->compute.title();
    writeFileAtomically((std::filesystem::path(runFolder) / "config.json").string(),
                        [&](std::ostream& stream) { stream << description.dump(2) << '\n'; });
    impl_->trainer = std::move(trainer);
    impl_->runFolder = runFolder;
    impl_->running = true;
    impl_->fid.reset();
    impl_->lastFidKimg = impl_->lastSnapshotKimg = 0;
}

void Session::resumeRun(const std::string& runFolder, std::optional<double> kimg) {
    impl_->requireIdle("resuming another");
    impl_->requireFit();
    auto config = finetuneConfigFromJson(readTrainingState(runFolder).configJson, {}, runFolder + "/state.safetensors");
    if (kimg) config.kimg = *kimg;
    auto trainer = std::make_unique<Finetuner>(config, impl_->original.denoiser, impl_->data, impl_->compute);
    trainer->load(runFolder);
    impl_->trainer = std::move(trainer);
    impl_->runFolder = runFolder;
    impl_->running = true;
    impl_->fid.reset();
    impl_->lastFidKimg = impl_->lastSnapshotKimg = double(impl_->trainer->images()) / 1000;
    impl_->log({{"event", "resume"}, {"step", impl_->trainer->steps()}, {"kimg", impl_->lastSnapshotKimg}});
}

bool Session::hasRun() const { return impl_->running; }
bool Session::hasTuned() const { return impl_->trainer != nullptr; }
const std::string& Session::runFolder() const { return impl_->runFolder; }
const FinetuneConfig& Session::runConfig() const { return impl_->trainer ? impl_->trainer->config() : impl_->idleConfig; }

StepMetrics Session::step() {
    impl_->requireRun();
    try {
        const auto m = impl_->trainer->step();
        impl_->log({{"step", m.step},
                    {"kimg", m.kimg},
                    {"g_loss", m.gLoss},
                    {"d_loss", m.dLoss},
                    {"r1", m.r1 < 0 ? Json() : Json(m.r1)},
                    {"real_sign", m.realSign},
                    {"fake_sign", m.fakeSign},
                    {"seconds_per_step", m.secondsPerStep},
                    {"sanitised_gradients", m.sanitisedGradients}});
        return m;
    } catch (const Error& e) {
        if (e.code() == ErrorCode::Diverged) finishRun(RunOutcome::Diverged);
        throw;
    }
}

bool Session::runComplete() const { return impl_->trainer && impl_->trainer->complete(); }

// Models and data that the built-in feature network cannot see have no live FID; that is no reason to stop a run.
bool Session::fidWorks() const {
    if (!impl_->original.denoiser || !impl_->data.images.defined()) return false;
    const FeatureClassifierConfig known;
    const auto& model = impl_->original.denoiser->config();
    const auto& images = impl_->data.images;
    return images.size(1) == known.imgChannels && images.size(2) == known.imgResolution &&
           model.imgChannels == known.imgChannels && model.imgResolution == known.imgResolution;
}

bool Session::fidDue() const {
    if (!impl_->running || impl_->fid) return false;
    const auto& c = impl_->trainer->config();
    const double kimg = double(impl_->trainer->images()) / 1000;
    const bool due = c.fidEveryKimg > 0 && kimg - impl_->lastFidKimg >= c.fidEveryKimg;
    const bool last = runComplete() && impl_->lastFidKimg < kimg;
    return (due || last) && fidWorks();
}

bool Session::snapshotDue() const {
    if (!impl_->running) return false;
    const auto& c = impl_->trainer->config();
    return c.snapshotEveryKimg > 0 && double(impl_->trainer->images()) / 1000 - impl_->lastSnapshotKimg >= c.snapshotEveryKimg;
}

void Session::setFreeze(const FreezePlan& plan) {
    impl_->requireRun();
    impl_->trainer->setFreeze(plan);
    impl_->log({{"event", "freeze"}, {"step", impl_->trainer->steps()}, {"text", toText(plan)}});
}

void Session::beginFid(int images) {
    impl_->requireModelAndData();
    auto& ema = impl_->generator(true);
    impl_->lastFidKimg = double(impl_->trainer->images()) / 1000;
    impl_->fid = std::make_unique<FidMeasurement>(ema, impl_->reference(), impl_->compute, impl_->trainer->config().sigma, images);
}

std::optional<FidPoint> Session::continueFid() {
    if (!impl_->fid) throw Error(ErrorCode::Configuration, "No FID measurement has begun.", "Begin one first.");
    if (!impl_->fid->advance()) return {};
    const auto point = impl_->point(*impl_->fid, impl_->lastFidKimg);
    impl_->fid.reset();
    if (impl_->running)
        impl_->log({{"event", "fid"}, {"kimg", point.kimg}, {"fid", point.fid}, {"num", point.num},
                    {"features", point.features}, {"reference", point.reference}});
    return point;
}

FidPoint Session::originalFid(int images, const Progress& progress) {
    impl_->requireModelAndData();
    FidMeasurement measurement(impl_->original.denoiser, impl_->reference(), impl_->compute, 80, images);
    while (!measurement.advance())
        if (progress && !progress(measurement.progress())) throw Error(ErrorCode::Interrupted, "The measurement was cancelled.");
    return impl_->point(measurement, 0);
}

void Session::saveSnapshot() {
    impl_->requireRun();
    impl_->trainer->save(impl_->runFolder);
    impl_->lastSnapshotKimg = double(impl_->trainer->images()) / 1000;
}

void Session::finishRun(RunOutcome outcome) {
    impl_->requireRun();
    static constexpr const char* kNames[] = {"finished", "stopped", "failed", "diverged"};
    if (outcome == RunOutcome::Finished || outcome == RunOutcome::Stopped) saveSnapshot();
    impl_->log({{"event", kNames[int(outcome)]}, {"step", impl_->trainer->steps()}});
    impl_->running = false;
    impl_->fid.reset();
}

}  // namespace thaw

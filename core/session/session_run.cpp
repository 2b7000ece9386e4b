// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/noise.h"
#include "core/diffusion/seed_sampling.h"
#include "core/formats/config_json.h"
#include "core/formats/run_stats_file.h"
#include "core/formats/running_mark.h"
#include "core/io/atomic_file.h"
#include "core/io/content_hash.h"
#include "core/io/png.h"
#include "core/io/run_folder.h"
#include "core/session/session_impl.h"
#include "core/train/student.h"
#include "core/train/training_state.h"
#include "core/values/config_problem.h"
#include "core/values/image_grid.h"
#include "core/values/train_words.h"

#include <torch/torch.h>
#include <torch/version.h>

#include <filesystem>
#include <fstream>
#include <ostream>

namespace thaw {
namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

constexpr int kBlockGradientSteps = 10;               // how often norms per block go to stats.jsonl
constexpr std::int64_t kGridParameters = 20'000'000;  // networks above this show 16 samples instead of 64 on a CPU
constexpr std::int64_t kHashedImages = 100'000;

// Shape, labels and pixels; of very large sets evenly spaced images, so that a run starts soon.
std::string dataHash(const Dataset& data) {
    ContentHash hash;
    std::ostringstream shape;
    shape << data.images.sizes();
    hash.add(shape.str());
    if (data.labels.defined()) {
        const auto labels = data.labels.contiguous();
        hash.add(labels.data_ptr(), std::size_t(labels.nbytes()));
    }
    const auto stride = std::max<std::int64_t>(1, data.count() / kHashedImages);
    for (std::int64_t i = 0; i < data.count(); i += stride) {
        const auto image = data.images[i].contiguous();
        hash.add(image.data_ptr(), std::size_t(image.nbytes()));
    }
    return hash.hex();
}

// The lowest distance that the run measured up to here, so that a resumed one keeps its best snapshot.
double bestFidOf(const std::string& runFolder, double kimg) {
    double best = std::numeric_limits<double>::infinity();
    for (const auto& point : runStatsIfAny(runFolder).fids)
        if (std::isfinite(point.fid) && point.kimg <= kimg) best = std::min(best, point.fid);
    return best;
}

// What was not measured, or came out as no number, is null.
Json orNull(std::optional<double> value) { return value && std::isfinite(*value) ? Json(*value) : Json(); }

}  // namespace

void Session::Impl::writeDescription(const FinetuneConfig& config, const std::string& folder) {
    Json description = Json::parse(toJson(config));
    description["objective"] = objectiveName(config);
    description["model"] = modelSummary.path;
    description["model_file"] = modelCard.file;
    description["model_sha256"] = modelHash.whole();
    description["data"] = dataSummary.path;
    if (dataOptions.maxImages > 0)
        description["data_subset"] = {{"images", dataOptions.maxImages}, {"seed", dataOptions.seed}};
    description["data_images"] = data.count();
    description["data_sha256"] = dataHash(data);
    description["compute"] = compute.title();
    description["versions"] = {{"thaw", THAW_VERSION}, {"libtorch", TORCH_VERSION}};
    writeFileAtomically((fs::path(folder) / "config.json").string(),
                        [&](std::ostream& stream) { stream << description.dump(2) << '\n'; });
}

void Session::Impl::writeSampleGrid(const Denoiser& generator, std::int64_t images) {
    std::int64_t parameters = 0;
    for (const auto& p : generator->parameters()) parameters += p.numel();
    const bool large = compute.device.is_cpu() && parameters > kGridParameters;
    std::vector<std::uint64_t> seeds(large ? 16 : 64);
    for (std::size_t i = 0; i < seeds.size(); ++i) seeds[i] = i;
    auto denoiser = generator;
    const auto made = toImages(sampleSeeds(denoiser, seeds, studentSampler(trainer->config()), compute));
    writePng((fs::path(runFolder) / gridName(images)).string(), composeImageGrid(made),
             {{"Software", "Thaw " THAW_VERSION},
              {"Description",
               "seeds 0-" + std::to_string(seeds.size() - 1) + ", EMA after " + std::to_string(images) + " images"}});
}

void Session::startRun(const FinetuneConfig& config, const std::string& runsFolder) {
    impl_->requireIdle("starting another");
    impl_->requireFit();
    throwProblems(finetuneProblems(config, impl_->original.denoiser, impl_->data), "fine-tuning");
    std::string label = "d2o";
    for (const auto& preset : freezePresets())
        if (preset.plan == config.freeze && preset.key != "none") label = preset.key;
    if (const auto objective = objectiveName(config); objective != "gan") {
        label = objective + "-" + label;
        std::replace(label.begin(), label.end(), ',', '-');
    }
    startRunIn(config, createNumberedRun(runsFolder, label));
}

void Session::startRunIn(const FinetuneConfig& config, const std::string& runFolder) {
    impl_->requireIdle("starting another");
    impl_->requireFit();
    // The trainer is made first: an impossible configuration leaves no empty folder behind.
    auto trainer = std::make_unique<Finetuner>(config, impl_->original.denoiser, impl_->data, impl_->compute);
    claimRunFolder(runFolder);
    impl_->writeDescription(config, runFolder);
    impl_->trainer = std::move(trainer);
    impl_->runFolder = runFolder;
    impl_->running = true;
    markRunning(runFolder);
    impl_->fid.reset();
    impl_->lastFidKimg = impl_->lastSnapshotKimg = 0;
    impl_->bestFid = std::numeric_limits<double>::infinity();
    impl_->writeSampleGrid(impl_->trainer->ema(), 0);
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
    markRunning(runFolder);
    impl_->fid.reset();
    impl_->lastFidKimg = impl_->lastSnapshotKimg = double(impl_->trainer->images()) / 1000;
    impl_->bestFid = bestFidOf(runFolder, impl_->lastFidKimg);
    impl_->log({{"event", "resume"}, {"step", impl_->trainer->steps()}, {"kimg", impl_->lastSnapshotKimg}});
}

bool Session::hasRun() const { return impl_->running; }
bool Session::hasTuned() const { return impl_->trainer != nullptr; }
const std::string& Session::runFolder() const { return impl_->runFolder; }
const FinetuneConfig& Session::runConfig() const {
    return impl_->trainer ? impl_->trainer->config() : impl_->idleConfig;
}

StepMetrics Session::step(StepPart part) {
    impl_->requireRun();
    try {
        const auto m = impl_->trainer->step(part);
        Json line{{"step", m.step}, {"kimg", m.kimg}};
        if (part != StepPart::Both) line["part"] = part == StepPart::Generator ? "g" : "d";
        for (const auto& field : kStepFields)
            if (field.run == StepField::Run::Finetuning) line[field.key] = orNull(m.*field.value);
        if (m.augmentP > 0) line["augment_p"] = m.augmentP;
        line["seconds_per_step"] = m.secondsPerStep;
        line["sanitised_gradients"] = m.sanitisedGradients;
        if (m.step % kBlockGradientSteps == 0)
            for (const auto& [block, norm] : m.blockGradients) line["grad_blocks"][block] = norm;
        impl_->log(line);
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
    return c.snapshotEveryKimg > 0 &&
           double(impl_->trainer->images()) / 1000 - impl_->lastSnapshotKimg >= c.snapshotEveryKimg;
}

void Session::setFreeze(const FreezePlan& plan) {
    impl_->requireRun();
    impl_->trainer->setFreeze(plan);
    impl_->log({{"event", "freeze"}, {"step", impl_->trainer->steps()}, {"text", toText(plan)}});
}

void Session::beginFid(int images) {
    impl_->requireModelAndData();
    auto& ema = impl_->generator(true);
    const auto& config = impl_->trainer->config();
    impl_->lastFidKimg = double(impl_->trainer->images()) / 1000;
    const FidOptions options{studentSampler(config), images, config.kid, config.coverage};
    impl_->fid = std::make_unique<FidMeasurement>(ema, impl_->reference(), impl_->compute, options);
}

std::optional<FidPoint> Session::continueFid() {
    if (!impl_->fid) throw Error(ErrorCode::Configuration, "No FID measurement has begun.", "Begin one first.");
    if (!impl_->fid->advance()) return {};
    auto point = impl_->fid->point(impl_->lastFidKimg);
    impl_->fid.reset();
    if (!impl_->running) return point;
    // Measured between steps, so the EMA still is what was measured.
    const bool current = impl_->lastFidKimg == double(impl_->trainer->images()) / 1000;
    if (current && point.fid < impl_->bestFid) {
        impl_->bestFid = point.fid;
        point.best = true;
        impl_->trainer->saveBest(impl_->runFolder, point);
    }
    impl_->log({{"event", "fid"},
                {"kimg", point.kimg},
                {"fid", orNull(point.fid)},
                {"kid", orNull(point.kid)},
                {"precision", orNull(point.precision)},
                {"recall", orNull(point.recall)},
                {"best", point.best},
                {"num", point.num},
                {"features", point.features},
                {"reference", point.reference}});
    return point;
}

FidPoint Session::originalFid(int images, const Progress& progress) {
    impl_->requireModelAndData();
    FidMeasurement measurement(impl_->original.denoiser, impl_->reference(), impl_->compute,
                               {oneStepSampler(80), images});
    while (!measurement.advance())
        if (progress && !progress(measurement.progress()))
            throw Error(ErrorCode::Interrupted, "The measurement was cancelled.");
    return measurement.point(0);
}

void Session::saveSnapshot() {
    impl_->requireRun();
    impl_->trainer->save(impl_->runFolder);
    impl_->writeSampleGrid(impl_->trainer->ema(), impl_->trainer->images());
    impl_->lastSnapshotKimg = double(impl_->trainer->images()) / 1000;
}

void Session::finishRun(RunOutcome outcome) {
    impl_->requireRun();
    if (outcome == RunOutcome::Finished || outcome == RunOutcome::Stopped) saveSnapshot();
    impl_->log({{"event", wordFor(outcome)}, {"step", impl_->trainer->steps()}});
    impl_->running = false;
    unmarkRunning(impl_->runFolder);
    impl_->fid.reset();
}

}  // namespace thaw

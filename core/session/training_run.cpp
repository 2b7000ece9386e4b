// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/training_run.h"

#include "core/device/compute_device.h"
#include "core/diffusion/noise.h"
#include "core/diffusion/seed_sampling.h"
#include "core/formats/config_json.h"
#include "core/formats/run_record_file.h"
#include "core/formats/run_stats_file.h"
#include "core/formats/running_mark.h"
#include "core/io/png.h"
#include "core/io/run_folder.h"
#include "core/session/open_files_impl.h"
#include "core/session/run_continuation.h"
#include "core/session/run_description.h"
#include "core/session/run_log.h"
#include "core/session/save_schedule.h"
#include "core/train/student.h"
#include "core/train/training_state.h"
#include "core/values/config_problem.h"
#include "core/values/image_grid.h"
#include "core/values/number_text.h"
#include "core/values/steering.h"
#include "core/values/torch_fault.h"
#include "core/values/train_words.h"

#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <limits>

namespace thaw {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kGridParameters = 20'000'000;  // networks above this show 16 samples instead of 64 on a CPU

// The lowest distance that the run measured up to here, so that a resumed one keeps its best snapshot.
double bestFidOf(const std::string& runFolder, double kimg) {
    double best = std::numeric_limits<double>::infinity();
    for (const auto& point : runStatsIfAny(runFolder).fids)
        if (std::isfinite(point.fid) && point.kimg <= kimg) best = std::min(best, point.fid);
    return best;
}

double secondsNow() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

struct TrainingRun::Impl final : DependentWork {
    explicit Impl(OpenFiles& files) : openFiles(files), open(files.impl()) { open.dependent = this; }
    ~Impl() override { open.dependent = nullptr; }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    OpenFiles& openFiles;
    OpenFiles::Impl& open;
    std::unique_ptr<Finetuner> tuner;  // stays after the run: its EMA is the tuned generator
    std::unique_ptr<FidMeasurement> fid, originalFid;
    bool running = false;
    RunLock lock;  // of the folder, while it runs
    std::string folder;
    RunLog log;
    ComputeDevice compute;  // of the run: its own precision and threads
    std::vector<std::string> notes;
    double lastFidKimg = 0;
    SaveSchedule saves;
    std::string safeguard;  // its model file; the next save takes its place
    double bestFid = std::numeric_limits<double>::infinity();
    std::vector<StepMetrics> told;  // of steps, logged and not taken yet
    FinetuneConfig idleConfig;

    bool isRunning() const override { return running; }
    bool isMeasuring() const override { return fid || originalFid; }
    Finetuner* trainer() const override { return tuner.get(); }
    void discard() override {
        fid.reset();
        originalFid.reset();
        tuner.reset();
    }

    void requireRun() const {
        if (!running) throw Error(ErrorCode::Configuration, "No run is going.", "Start a run first.");
    }
    double kimg() const { return double(tuner->images()) / 1000; }
    // The thread count holds for the whole thread, so the run takes it over and gives it back.
    void takeCompute(const ComputeDevice& own) {
        compute = own;
        if (compute.threads != open.compute.threads) torch::set_num_threads(compute.threads);
    }
    void giveComputeBack() const {
        if (compute.threads != open.compute.threads) torch::set_num_threads(open.compute.threads);
    }
    // Of several processes the first one writes, alone.
    bool writes() const { return isFirst(open.compute.processes); }
    std::unique_ptr<FidMeasurement> measureOriginal(const MeasureChoice& choice, int images) const;
    void writeSampleGrid(const Denoiser& generator, std::int64_t images);
    void save(SaveSchedule::Save kind);
    std::string keepWhatThereIs();
    void takeWhatArrived();
    void close();
};

TrainingRun::TrainingRun(OpenFiles& files) : impl_(std::make_unique<Impl>(files)) {}
TrainingRun::~TrainingRun() = default;

void TrainingRun::Impl::writeSampleGrid(const Denoiser& generator, std::int64_t images) {
    if (!writes()) return;
    std::int64_t parameters = 0;
    for (const auto& p : generator->parameters()) parameters += p.numel();
    const bool large = open.compute.device.is_cpu() && parameters > kGridParameters;
    std::vector<std::uint64_t> seeds(large ? 16 : 64);
    for (std::size_t i = 0; i < seeds.size(); ++i) seeds[i] = i;
    auto denoiser = generator;
    std::vector<Image> made;
    try {
        made = toImages(sampleSeeds(denoiser, seeds, studentSampler(tuner->config()), open.compute));
    } catch (const std::exception& fault) {
        if (!meansOutOfMemory(fault.what())) throw;
        return;  // a picture is not worth a run
    }
    writePng((fs::path(folder) / gridName(images)).string(), composeImageGrid(made),
             {{"Software", "Thaw " THAW_VERSION},
              {"Description", "seeds 0-" + std::to_string(seeds.size() - 1) + ", EMA after " + countedImages(images)}});
}

void TrainingRun::start(const FinetuneConfig& config, const std::string& runsFolder) {
    impl_->open.requireIdle("starting another");
    impl_->open.requireFit();
    throwProblems(finetuneProblems(config, impl_->open.original.denoiser), "fine-tuning");
    std::string label = "d2o";
    for (const auto& preset : freezePresets())
        if (preset.plan == config.freeze && preset.key != "none") label = preset.key;
    if (const auto objective = objectiveName(config); objective != "gan") {
        label = objective + "-" + label;
        std::replace(label.begin(), label.end(), ',', '-');
    }
    startIn(config, createNumberedRun(runsFolder, label));
}

void TrainingRun::startIn(const FinetuneConfig& config, const std::string& runFolder) {
    impl_->open.requireIdle("starting another");
    impl_->open.requireFit();
    // Measure and trainer are made first: an impossible configuration leaves no empty folder behind.
    const auto compute = withPrecision(impl_->open.compute, config.precision);
    requireMeasurable(config.measure, impl_->open.data, compute);
    auto trainer = std::make_unique<Finetuner>(config, impl_->open.original.denoiser, impl_->open.data, compute);
    RunLock lock;
    allOrNone(compute.processes, [&] {
        if (!impl_->writes()) return;
        claimRunFolder(runFolder);
        lock = RunLock(runFolder);
        writeRunDescription(config, impl_->openFiles, compute, runFolder);
    });
    impl_->takeCompute(compute);
    impl_->notes.clear();
    impl_->tuner = std::move(trainer);
    impl_->folder = runFolder;
    impl_->log = impl_->writes() ? RunLog(runFolder, config.tensorboard, {}) : RunLog();
    impl_->running = true;
    impl_->lock = std::move(lock);
    impl_->lock.markBegun();
    impl_->told.clear();
    impl_->fid.reset();
    impl_->lastFidKimg = 0;
    impl_->saves = SaveSchedule::ofNewRun(config.snapshotEveryKimg);
    impl_->safeguard.clear();
    impl_->open.looked.reset();
    impl_->bestFid = std::numeric_limits<double>::infinity();
    impl_->writeSampleGrid(impl_->tuner->ema(), 0);
}

void TrainingRun::resume(const std::string& runFolder, const ResumeOptions& options) {
    impl_->open.requireIdle("resuming another");
    impl_->open.requireFit();
    impl_->lock = {};  // of a run whose end could not be written
    RunLock lock;
    allOrNone(impl_->open.compute.processes, [&] {
        if (impl_->writes()) lock = RunLock(runFolder);
    });
    auto base = recordedDefaults();
    // Before a run could choose, it was measured by the built-in classifier or not at all.
    if (const auto past = runStatsIfAny(runFolder).fids; !past.empty() && past.back().kind == MeasureKind::Network)
        base.measure.features = kBuiltinFeatures;
    auto config =
        finetuneConfigFromJson(readTrainingState(runFolder).configJson, base, runFolder + "/state.safetensors");
    if (options.kimg) config.kimg = *options.kimg;
    const auto then = runRecordIfAny(runFolder).value_or(RunRecord{});
    const auto compute = resumedCompute(impl_->open.compute, then, config.precision, options);
    const auto now = comparable(recordOf(impl_->openFiles, compute), then, impl_->open.data);
    auto notes = checkContinuation(then, now, options.anyway);
    if (options.precision != Precision::Auto) config.precision = options.precision;
    if (options.microBatch) config.microBatch = *options.microBatch;
    if (options.tensorboard) config.tensorboard = *options.tensorboard;
    auto trainer = std::make_unique<Finetuner>(config, impl_->open.original.denoiser, impl_->open.data, compute);
    allOrNone(compute.processes, [&] { trainer->load(runFolder); });
    impl_->takeCompute(compute);
    impl_->notes = std::move(notes);
    if (!lock.note().empty()) impl_->notes.push_back(lock.note());
    impl_->tuner = std::move(trainer);
    impl_->folder = runFolder;
    impl_->running = true;
    impl_->lock = std::move(lock);
    impl_->lock.markBegun();
    impl_->told.clear();
    impl_->fid.reset();
    impl_->lastFidKimg = impl_->kimg();
    impl_->saves = SaveSchedule::ofResumedRun(config.snapshotEveryKimg, impl_->kimg(), secondsNow());
    impl_->safeguard.clear();
    impl_->open.looked.reset();
    impl_->bestFid = bestFidOf(runFolder, impl_->lastFidKimg);
    // What it noted and logs now is read by all before.
    if (compute.processes) compute.processes->meet();
    if (impl_->writes()) recordContinuation(runFolder, then, now, impl_->tuner->steps(), impl_->kimg());
    impl_->log = impl_->writes() ? RunLog(runFolder, config.tensorboard, impl_->tuner->steps()) : RunLog();
    impl_->log.resumed(impl_->tuner->steps(), impl_->kimg(), options.microBatch);
}

const std::vector<std::string>& TrainingRun::notes() const { return impl_->notes; }
std::string TrainingRun::takeRemark() { return impl_->log.takeFault(); }
RunEnvironment TrainingRun::environment() const {
    return impl_->running ? environmentOf(impl_->compute) : RunEnvironment();
}
bool TrainingRun::hasRun() const { return impl_->running; }
bool TrainingRun::hasTuned() const { return impl_->tuner || impl_->open.looked; }
double TrainingRun::tunedKimg() const {
    if (impl_->tuner) return impl_->kimg();
    return impl_->open.looked ? impl_->open.looked->kimg : 0;
}
const std::string& TrainingRun::folder() const { return impl_->folder; }
const FinetuneConfig& TrainingRun::config() const {
    if (impl_->tuner) return impl_->tuner->config();
    return impl_->open.looked ? impl_->open.looked->config : impl_->idleConfig;
}

// Work of the trainer, after which what its steps had to tell is in the log.
void TrainingRun::train(const std::function<void(Finetuner&)>& work) {
    impl_->requireRun();
    try {
        work(*impl_->tuner);
    } catch (const Error& e) {
        if (e.code() == ErrorCode::Diverged) finish(RunOutcome::Diverged);
        if (e.code() != ErrorCode::OutOfMemory && e.code() != ErrorCode::ProcessLost) throw;
        throw Error(e.code(), e.message() + ' ' + impl_->keepWhatThereIs(), e.hint());
    }
    impl_->takeWhatArrived();
}

void TrainingRun::Impl::takeWhatArrived() {
    for (auto& metrics : tuner->takeMetrics()) {
        log.step(metrics);
        told.push_back(std::move(metrics));
    }
}

bool TrainingRun::advance(StepPart part) {
    bool whole = false;
    train([&](Finetuner& tuner) { whole = tuner.advance(part); });
    return whole;
}

// Ends a run that memory ran out for, saved where that is possible; says which.
std::string TrainingRun::Impl::keepWhatThereIs() {
    bool saved = false;
    try {
        tuner->settle();
        takeWhatArrived();
        if (tuner->isWhole() && tuner->steps() > 0) {
            save(SaveSchedule::Save::Safeguard);
            saved = true;
        }
    } catch (const std::exception&) {
        // The run's own fault is the one to tell.
    }
    log.ended(wordFor(RunOutcome::Failed), tuner->steps());
    close();
    lock.end();
    if (tuner->steps() == 0) return "No step was done yet.";
    return saved ? "The run is saved after " + countedImages(tuner->images()) + " and can be resumed."
                 : "The run can be resumed where it was last saved.";
}

void TrainingRun::settle() {
    train([](Finetuner& tuner) { tuner.settle(); });
}

std::vector<StepMetrics> TrainingRun::takeMetrics() { return std::exchange(impl_->told, {}); }
std::int64_t TrainingRun::steps() const { return impl_->tuner ? impl_->tuner->steps() : 0; }

StepMetrics TrainingRun::step(StepPart part) {
    while (!advance(part)) {
    }
    settle();
    return takeMetrics().back();
}

bool TrainingRun::inStep() const { return impl_->running && impl_->tuner->inStep(); }

void TrainingRun::endStep() {
    while (inStep() && !advance()) {
    }
    if (impl_->running) settle();
}

bool TrainingRun::isComplete() const { return impl_->tuner && impl_->tuner->complete(); }

std::string TrainingRun::missingMeasure(const MeasureChoice& choice) const {
    if (!impl_->open.data.images.defined()) return {};
    return thaw::missingMeasure(choice.features, measuredImages(impl_->open.data));
}

// Images that have no measure are no reason to stop a run.
bool TrainingRun::fidWorks() const {
    if (!impl_->open.original.denoiser || !impl_->open.data.images.defined()) return false;
    const auto& model = impl_->open.original.denoiser->config();
    const auto images = measuredImages(impl_->open.data);
    return images.channels == model.imgChannels && images.resolution == model.imgResolution &&
           thaw::missingMeasure(config().measure.features, images).empty();
}

bool TrainingRun::fidDue() const {
    if (!impl_->running || impl_->fid) return false;
    const auto& c = impl_->tuner->config();
    const double kimg = impl_->kimg();
    const bool due = c.fidEveryKimg > 0 && kimg - impl_->lastFidKimg >= c.fidEveryKimg;
    const bool last = isComplete() && impl_->lastFidKimg < kimg;
    return (due || last) && fidWorks();
}

bool TrainingRun::snapshotDue() const {
    return impl_->running && impl_->saves.due(impl_->kimg(), secondsNow()) != SaveSchedule::Save::None;
}

void TrainingRun::setFreeze(const FreezePlan& plan) {
    impl_->requireRun();
    endStep();
    impl_->tuner->setFreeze(plan);
    impl_->log.freeze(toText(plan), impl_->tuner->steps());
}

void TrainingRun::setRates(std::optional<double> g, std::optional<double> d) {
    impl_->requireRun();
    endStep();
    impl_->tuner->setRates(g, d);
    impl_->log.rates(g, d, impl_->tuner->steps());
}

void TrainingRun::beginFid(int images) {
    impl_->open.requireModelAndData();
    if (impl_->running && !inStep()) settle();
    if (!impl_->tuner) impl_->requireRun();  // one that is looked at was measured while it went on
    auto& ema = impl_->open.generator(true);
    const auto& config = impl_->tuner->config();
    impl_->lastFidKimg = impl_->kimg();
    const FidOptions options{studentSampler(config), images, config.kid, config.coverage};
    // One that failed alone would train on while the others measure.
    std::unique_ptr<FidMeasurement> begun;
    allOrNone(impl_->open.compute.processes, [&] {
        const auto reference = impl_->open.reference(config.measure, impl_->running ? impl_->folder : std::string());
        begun = std::make_unique<FidMeasurement>(ema, reference, impl_->open.compute, options);
    });
    impl_->fid = std::move(begun);
}

std::optional<FidPoint> TrainingRun::continueFid() {
    if (!impl_->fid) throw Error(ErrorCode::Configuration, "No measurement has begun.", "Begin one first.");
    if (!impl_->fid->advance()) return {};
    FidPoint point;
    allOrNone(impl_->open.compute.processes, [&] { point = impl_->fid->point(impl_->lastFidKimg); });
    impl_->fid.reset();
    if (!impl_->running) return point;
    point.selection = true;
    // Measured between steps, so the EMA still is what was measured.
    const bool current = impl_->lastFidKimg == impl_->kimg();
    if (current && point.fid < impl_->bestFid) {
        impl_->bestFid = point.fid;
        point.best = true;
        if (impl_->writes()) impl_->tuner->saveBest(impl_->folder, point);
    }
    impl_->log.distance(point, impl_->tuner->steps());
    return point;
}

FidPoint TrainingRun::originalFid(int images, const Progress& progress) {
    return originalFid(config().measure, images, progress);
}

void TrainingRun::Impl::save(SaveSchedule::Save kind) {
    const double began = secondsNow();
    if (writes()) tuner->save(folder, safeguard);
    safeguard = kind == SaveSchedule::Save::Safeguard ? snapshotName(tuner->images()) : std::string();
    const double now = secondsNow();
    saves.saved(kind, kimg(), now, now - began);
}

std::unique_ptr<FidMeasurement> TrainingRun::Impl::measureOriginal(const MeasureChoice& choice, int images) const {
    open.requireModelAndData();
    const FidOptions options{samplerOfSteps(open.modelSummary.sampling, kGeneratorSteps), images};
    return std::make_unique<FidMeasurement>(open.original.denoiser, open.reference(choice), open.compute, options);
}

FidPoint TrainingRun::originalFid(const MeasureChoice& choice, int images, const Progress& progress) {
    const auto measurement = impl_->measureOriginal(choice, images);
    while (!measurement->advance())
        if (progress && !progress(measurement->progress()))
            throw Error(ErrorCode::Interrupted, "The measurement was cancelled.");
    return measurement->point(0);
}

void TrainingRun::beginOriginalFid(int images) {
    impl_->originalFid = impl_->measureOriginal(config().measure, images);
}

std::optional<FidPoint> TrainingRun::continueOriginalFid() {
    if (!impl_->originalFid) throw Error(ErrorCode::Configuration, "No measurement has begun.", "Begin one first.");
    if (!impl_->originalFid->advance()) return {};
    const auto point = impl_->originalFid->point(0);
    impl_->originalFid.reset();
    return point;
}

double TrainingRun::originalFidShare() const { return impl_->originalFid ? impl_->originalFid->progress() : 0; }
double TrainingRun::fidShare() const { return impl_->fid ? impl_->fid->progress() : 0; }
void TrainingRun::dropFid() { impl_->fid.reset(); }

void TrainingRun::saveSnapshot() {
    impl_->requireRun();
    endStep();
    impl_->save(SaveSchedule::Save::Snapshot);
    impl_->writeSampleGrid(impl_->tuner->ema(), impl_->tuner->images());
}

bool TrainingRun::saveWhatIsDue() {
    impl_->requireRun();
    endStep();
    switch (impl_->saves.due(impl_->kimg(), secondsNow())) {
    case SaveSchedule::Save::Snapshot: saveSnapshot(); return true;
    case SaveSchedule::Save::Safeguard: impl_->save(SaveSchedule::Save::Safeguard); break;
    case SaveSchedule::Save::None: break;
    }
    return false;
}

void TrainingRun::Impl::close() {
    running = false;
    giveComputeBack();
    fid.reset();
}

void TrainingRun::finish(RunOutcome outcome) {
    impl_->requireRun();
    if (outcome == RunOutcome::Finished || outcome == RunOutcome::Stopped) saveSnapshot();
    impl_->log.ended(wordFor(outcome), impl_->tuner->steps());
    impl_->close();
    impl_->lock.end();
}

void TrainingRun::suspend() {
    impl_->requireRun();
    saveSnapshot();
    impl_->log.ended("suspended", impl_->tuner->steps());
    impl_->close();
    impl_->lock.suspend();
}

}  // namespace thaw

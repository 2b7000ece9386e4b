// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/pretraining.h"

#include "core/data/data_hash.h"
#include "core/data/open_dataset.h"
#include "core/formats/config_json.h"
#include "core/formats/run_record_file.h"
#include "core/formats/running_mark.h"
#include "core/io/atomic_file.h"
#include "core/io/run_folder.h"
#include "core/session/chosen_compute_impl.h"
#include "core/session/run_continuation.h"
#include "core/session/run_description.h"
#include "core/session/run_log.h"
#include "core/session/save_schedule.h"
#include "core/train/pretrainer.h"

#include <chrono>
#include <filesystem>
#include <ostream>

namespace thaw {
namespace {

constexpr int kStepsALine = 50;

}  // namespace

struct Pretraining::Impl {
    using Clock = std::chrono::steady_clock;

    std::string path, folder{};
    RunLock lock{};  // of the folder
    RunLog log{};
    DatasetOptions options;
    ComputeDevice compute;
    Dataset data;
    DataHash hash;
    std::vector<std::string> notes{};
    DataSummary summary;
    Pretrainer trainer;
    Clock::time_point started = Clock::now();
    SaveSchedule saves;
    std::string safeguard{};  // its model file; the next save takes its place
    double lossSum = 0;
    int lossCount = 0, stepsInLine = 0;

    Impl(const PretrainConfig& config, std::string dataPath, const DatasetOptions& dataOptions,
         const ComputeOptions& where, const Progress& progress)
        : path(std::move(dataPath)),
          options(dataOptions),
          compute(withPrecision(computeOf(where), config.precision)),
          data(openDataset(path, options, progress)),
          hash(named(data, path)),
          summary(summarise(data)),
          trainer(config, data, compute) {}

    static Dataset named(Dataset data, const std::string& path) {
        data.path = path;
        return data;
    }
    RunRecord record() {
        RunRecord record;
        record.data = absoluteSource(path);
        record.options = options;
        record.dataSha256 = hash.whole();
        record.dataHash = hash.kind();
        if (record.dataHash == DataHashKind::File) record.labelsSha256 = labelsHash(data);
        record.environment = environmentOf(compute);
        return record;
    }
    void describeIn(const std::string& runFolder) {
        claimRunFolder(runFolder);
        lock = RunLock(runFolder);
        const std::filesystem::path path(runFolder);
        writeFileAtomically((path / "config.json").string(),
                            [&](std::ostream& stream) { stream << toJson(trainer.config()) << '\n'; });
        const auto words = withRecord("{}", record());
        writeFileAtomically((path / "data.json").string(), [&](std::ostream& stream) { stream << words << '\n'; });
    }
    void begin(const std::string& runFolder, std::optional<std::int64_t> resumedStep) {
        folder = runFolder;
        log = writes() ? RunLog(runFolder, trainer.config().tensorboard, resumedStep) : RunLog();
        started = Clock::now();
    }
    double kimg() const { return double(trainer.images()) / 1000; }
    double seconds() const { return std::chrono::duration<double>(Clock::now() - started).count(); }
    void save(SaveSchedule::Save kind) {
        const double began = seconds();
        if (writes()) trainer.save(folder, safeguard);
        safeguard = kind == SaveSchedule::Save::Safeguard ? snapshotName(trainer.images()) : std::string();
        saves.saved(kind, kimg(), seconds(), seconds() - began);
    }
    bool writes() const { return isFirst(compute.processes); }
    void logLine() {
        StepMetrics metrics;
        metrics.step = trainer.steps();
        metrics.kimg = kimg();
        metrics.loss = lossSum / double(lossCount);
        log.pretrainingStep(metrics, trainer.learningRate(), seconds());
        lossSum = 0;
        lossCount = stepsInLine = 0;
    }
    void count(std::optional<double> loss) {
        if (!loss) return;
        lossSum += *loss;
        ++lossCount;
    }
};

Pretraining::Pretraining(const PretrainConfig& config, const std::string& data, const DatasetOptions& options,
                         const ComputeOptions& compute, const Progress& progress)
    : impl_(std::make_unique<Impl>(config, data, options, compute, progress)) {}
Pretraining::~Pretraining() = default;

void Pretraining::startIn(const std::string& runFolder) {
    allOrNone(impl_->compute.processes, [&] {
        if (impl_->writes()) impl_->describeIn(runFolder);
    });
    impl_->begin(runFolder, {});
    impl_->saves = SaveSchedule::ofNewRun(impl_->trainer.config().snapshotEveryKimg);
}

void Pretraining::resume(const std::string& runFolder, bool anyway) {
    RunLock lock;  // given back where the run is refused
    RunRecord then, now;
    allOrNone(impl_->compute.processes, [&] {
        if (impl_->writes()) lock = RunLock(runFolder);
        then = runRecordIfAny(runFolder).value_or(RunRecord{});
        now = comparable(impl_->record(), then, impl_->data);
        impl_->notes = checkContinuation(then, now, anyway);
        if (!lock.note().empty()) impl_->notes.push_back(lock.note());
        impl_->trainer.load(runFolder);
    });
    impl_->lock = std::move(lock);
    if (impl_->writes())
        recordContinuation(runFolder, then, now, impl_->trainer.steps(), double(impl_->trainer.images()) / 1000);
    impl_->begin(runFolder, impl_->trainer.steps());
    impl_->saves =
        SaveSchedule::ofResumedRun(impl_->trainer.config().snapshotEveryKimg, impl_->kimg(), impl_->seconds());
}

const DataSummary& Pretraining::data() const { return impl_->summary; }
const std::vector<std::string>& Pretraining::notes() const { return impl_->notes; }
std::string Pretraining::takeRemark() { return impl_->log.takeFault(); }
std::string Pretraining::computeTitle() const { return impl_->compute.title(); }

std::optional<double> Pretraining::step() {
    auto loss = impl_->trainer.step();
    impl_->count(loss);
    if (++impl_->stepsInLine == kStepsALine || impl_->trainer.complete()) {
        if (const auto last = impl_->trainer.settle()) impl_->count(loss = last);
        impl_->logLine();
    }
    return loss;
}

void Pretraining::settle() { impl_->count(impl_->trainer.settle()); }

void Pretraining::setRate(double rate) {
    impl_->trainer.setRate(rate);
    impl_->log.rates(rate, {}, impl_->trainer.steps());
}

std::int64_t Pretraining::images() const { return impl_->trainer.images(); }
std::int64_t Pretraining::steps() const { return impl_->trainer.steps(); }
const std::string& Pretraining::folder() const { return impl_->folder; }
const PretrainConfig& Pretraining::config() const { return impl_->trainer.config(); }
bool Pretraining::complete() const { return impl_->trainer.complete(); }

bool Pretraining::snapshotDue() const {
    return impl_->saves.due(impl_->kimg(), impl_->seconds()) != SaveSchedule::Save::None;
}

void Pretraining::saveSnapshot() { impl_->save(SaveSchedule::Save::Snapshot); }

void Pretraining::saveWhatIsDue() {
    const auto due = impl_->saves.due(impl_->kimg(), impl_->seconds());
    if (due != SaveSchedule::Save::None) impl_->save(due);
}

}  // namespace thaw

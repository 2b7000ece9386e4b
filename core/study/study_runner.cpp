// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study_runner.h"

#include "core/io/atomic_file.h"
#include "core/io/content_hash.h"
#include "core/io/file_bytes.h"
#include "core/metrics/feature_workflow.h"
#include "core/session/evaluation.h"
#include "core/study/finished_run.h"
#include "core/study/study_spectra.h"
#include "core/study/teacher_images.h"
#include "core/values/data_fit.h"
#include "core/values/error.h"

#include <algorithm>
#include <filesystem>
#include <numeric>
#include <ostream>

namespace thaw {
namespace {

namespace fs = std::filesystem;

/// Raised when the protocol changes in what a job's settings do not say.
constexpr int kProtocol = 4;

// Of a file its contents, of a word the word: files are overwritten.
std::string contentOf(const std::string& fileOrWord) {
    std::error_code error;
    return fs::is_regular_file(fileOrWord, error) ? fileHash(fileOrWord) : fileOrWord;
}

const StudyJob& jobOf(const std::string& name, const std::vector<StudyJob>& jobs) {
    const auto found = std::find_if(jobs.begin(), jobs.end(), [&](const StudyJob& job) { return job.name == name; });
    if (found == jobs.end())
        throw Error(ErrorCode::Configuration, "The study has no run '" + name + "'.", "Run the jobs it is one of.");
    return *found;
}

std::vector<std::uint64_t> firstSeeds(int count) {
    std::vector<std::uint64_t> seeds(std::size_t(std::max(count, 0)));
    std::iota(seeds.begin(), seeds.end(), 0);
    return seeds;
}

void require(bool goOn) {
    if (!goOn)
        throw Error(ErrorCode::Interrupted, "The study was stopped; everything is saved.", "The same command goes on.");
}

}  // namespace

StudyRunner::StudyRunner(const StudyPlace& place, const Progress& reading) : place_(place), session_(place.compute) {
    auto& files = session_.files();
    files.openModel(place.model, reading);
    files.openData(place.data, place.dataOptions, reading);
    throwErrors(fitOf(files.model(), files.data()));
    modelHash_ = files.modelHash().whole();
    dataHash_ = files.dataHash(reading);
    measureKey_ = contentOf(place.measure.features) + ", " + contentOf(place.measure.reference);
}

std::string StudyRunner::provenance() const {
    const auto environment = session_.environment();
    return "Model: " + model().title + ", SHA-256 " + modelHash_.substr(0, 12) + ". Data: " + data().title +
           ", SHA-256 " + dataHash_.substr(0, 12) + ". Thaw " + environment.thaw + ", LibTorch " +
           environment.libtorch + ", " + titleOf(environment) +
           (environment.processor.empty() ? "" : " (" + environment.processor + ")") +
           ". Seconds are those of training, on the machine of each run.";
}

// Keys are asked for often, and a network may be large.
const std::string& StudyRunner::networkContents(const std::string& network) const {
    auto& contents = contents_[network];
    if (contents.empty()) contents = contentOf(network);
    return contents;
}

std::string StudyRunner::keyOf(const StudyJob& job, const std::vector<StudyJob>& jobs) const {
    ContentHash hash;
    const auto add = [&](const std::string& text) { hash.add(text + "\n"); };
    add(std::to_string(kProtocol));
    add(modelHash_);
    add(dataHash_ + ", " + std::to_string(place_.dataOptions.maxImages) + ", " +
        std::to_string(place_.dataOptions.seed));
    add(measureKey_);
    add(session_.environment().precision);
    add(jobText(job));
    if (const auto* training = std::get_if<TrainingJob>(&job.work))
        for (const auto& network : training->config.backbones) add(networkContents(network));
    for (const auto& run : neededRuns(job)) add(keyOf(jobOf(run, jobs), jobs));
    return hash.hex().substr(0, 12);
}

std::string StudyRunner::resultFile(const StudyJob& job, const std::vector<StudyJob>& jobs) const {
    return (fs::path(place_.folder) / "results" / (job.name + "-" + keyOf(job, jobs) + ".json")).string();
}

std::string StudyRunner::runFolder(const std::string& name, const std::vector<StudyJob>& jobs) const {
    return (fs::path("runs") / (name + "-" + keyOf(jobOf(name, jobs), jobs))).string();
}

std::string StudyRunner::modelOf(const StudyGenerator& generator, const std::vector<StudyJob>& jobs) const {
    return generator.run.empty() ? place_.model : (fs::path(place_.folder) / runFolder(generator.run, jobs)).string();
}

StudyResults StudyRunner::known(const std::vector<StudyJob>& jobs) const {
    StudyResults results;
    for (const auto& job : jobs) {
        const auto file = resultFile(job, jobs);
        if (!fs::exists(file)) continue;
        if (auto result = resultFromText(readFileBytes(file))) results.emplace(job.name, std::move(*result));
    }
    return results;
}

std::optional<JobClaim> StudyRunner::claim(const StudyJob& job, const std::vector<StudyJob>& jobs) const {
    for (const auto& name : neededRuns(job))
        if (!fs::exists(resultFile(jobOf(name, jobs), jobs))) return {};
    const auto file = resultFile(job, jobs);
    fs::create_directories(fs::path(file).parent_path());
    return JobClaim::take(file + ".claim");
}
StudyResult StudyRunner::run(const StudyJob& job, const std::vector<StudyJob>& jobs, const StudyProgress& progress) {
    const auto file = resultFile(job, jobs);
    if (fs::exists(file))
        if (auto result = resultFromText(readFileBytes(file))) return *result;
    fs::create_directories(fs::path(place_.folder) / "runs");
    fs::create_directories(fs::path(place_.folder) / "results");
    auto result = std::visit([&](const auto& work) { return runWork(work, job.name, jobs, progress); }, job.work);
    writeFileAtomically(file, [&](std::ostream& stream) { stream << resultText(result); });
    return result;
}

// The training images' statistics, measured once.
std::string StudyRunner::validationReference() {
    ContentHash features;
    features.add(contentOf(place_.measure.features));
    const auto file = (fs::path(place_.folder) / ("validation-" + features.hex().substr(0, 12) + ".npz")).string();
    if (fs::exists(file)) return file;
    StatisticsRequest request;
    request.data = place_.data;
    request.part = "train";
    request.features = place_.measure.features;
    request.out = file + ".part.npz";
    measureStatistics(request, {});
    fs::rename(request.out, file);
    return file;
}

void StudyRunner::openSubset(std::int64_t images, std::uint64_t seed) {
    if (images == openImages_ && (images == 0 || seed == openSeed_)) return;
    auto options = place_.dataOptions;
    if (images > 0) {
        options.maxImages = images;
        options.seed = seed;
    }
    session_.files().openData(place_.data, options);
    openImages_ = images;
    openSeed_ = seed;
}

StudyResult StudyRunner::runWork(const TrainingJob& job, const std::string& name, const std::vector<StudyJob>& jobs,
                                 const StudyProgress& progress) {
    openSubset(job.trainingImages, job.config.seed);
    auto config = job.config;
    config.measure = place_.measure;
    if (job.reference == StudyReference::Validation) config.measure.reference = validationReference();
    const auto relative = runFolder(name, jobs);
    const auto folder = (fs::path(place_.folder) / relative).string();
    auto& run = session_.run();
    if (fs::exists(fs::path(folder) / "state.safetensors")) {
        run.resume(folder, {config.kimg, Precision::Auto, place_.compute.threads});
    } else {
        fs::remove_all(folder);
        run.startIn(config, folder);
    }
    const auto goOn = [&](double share) { return !progress || progress(name, share); };
    const auto stopUnless = [&](bool wanted) {
        if (wanted) return;
        run.finish(RunOutcome::Stopped);
        require(false);
    };
    const auto measure = [&] {
        run.beginFid(config.fidImages);
        while (!run.continueFid()) stopUnless(goOn(std::min(run.tunedKimg() / config.kimg, 1.0)));
    };
    bool diverged = false;
    const double frozen = countFrozen(config.freeze, model()).percent();
    try {
        while (!run.isComplete()) {
            stopUnless(goOn(run.tunedKimg() / config.kimg));
            while (!run.advance()) {
            }
            run.takeMetrics();
            if (run.fidDue() && !run.isComplete()) measure();
            if (run.snapshotDue()) run.saveWhatIsDue();
        }
        run.settle();
        measure();
        run.finish(RunOutcome::Finished);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::Diverged) throw;
        diverged = true;
    }
    auto result = resultFromRun(folder);
    result.diverged = diverged;
    result.frozenPercent = frozen;
    result.folder = relative;
    if (job.reference == StudyReference::Validation) dropWeights(folder);
    return result;
}

StudyResult StudyRunner::runWork(const DistanceJob& job, const std::string& name, const std::vector<StudyJob>& jobs,
                                 const StudyProgress& progress) {
    const auto goOn = [&](double share) { return !progress || progress(name, share); };
    EvaluationRequest request;
    // What the pre-trained model makes is made once, whichever jobs look at it.
    if (job.generator.run.empty())
        request.images =
            teacherImagesFile(teacherImages(job.generator.sampler, job.images), false, place_.compute, goOn);
    else request.model = modelOf(job.generator, jobs);
    request.sampler = job.generator.sampler;
    request.seeds = firstSeeds(job.images);
    request.seedText = "0-" + std::to_string(job.images - 1);
    request.features = place_.measure.features;
    request.data = place_.data;
    request.dataOptions = place_.dataOptions;
    request.referenceImages = 0;  // all, as runs are measured
    request.compute = place_.compute;
    if (job.against && job.against->run.empty())
        request.reference =
            teacherStatisticsFile(teacherImages(job.against->sampler, job.images), place_.measure.features, place_.data,
                                  measureKey_, place_.compute, goOn);
    else if (job.against) {
        request.against = modelOf(*job.against, jobs);
        request.againstSampler = job.against->sampler;
    } else {
        request.reference = place_.measure.reference;
    }
    const auto evaluated = evaluateImages(
        request, [&](EvaluationStage, double done, double total) { return goOn(total > 0 ? done / total : 0); });
    return DistanceResult{evaluated.quality.fid.value(), evaluated.quality.measure};
}

StudyResult StudyRunner::runWork(const PairingJob& job, const std::string& name, const std::vector<StudyJob>& jobs,
                                 const StudyProgress& progress) {
    const auto goOn = [&](double share) { return !progress || progress(name, share); };
    const auto side = [&](const StudyGenerator& generator) {
        SampledModel sampled{modelOf(generator, jobs), generator.sampler};
        if (generator.run.empty())
            sampled.images =
                teacherImagesFile(teacherImages(generator.sampler, job.images), true, place_.compute, goOn);
        return sampled;
    };
    PairingRequest request;
    request.a = side(job.a);
    request.b = side(job.b);
    request.seeds = firstSeeds(job.images);
    request.features = place_.measure.features;
    request.builtinData = place_.data == "builtin";
    request.compute = place_.compute;
    return measurePairing(request, goOn);
}

TeacherImages StudyRunner::teacherImages(const SamplerConfig& sampler, int count) const {
    return {place_.folder, place_.model, modelHash_, sampler, count};
}

StudyResult StudyRunner::runWork(const ResponsesJob& job, const std::string& name, const std::vector<StudyJob>& jobs,
                                 const StudyProgress& progress) {
    openSubset(0, 0);
    const auto& run = job.generator.run;
    return measureResponses(session_, run.empty() ? run : modelOf(job.generator, jobs), job,
                            [&](double share) { return !progress || progress(name, share); });
}

StudyResult StudyRunner::runWork(const ImagePowerJob& job, const std::string& name, const std::vector<StudyJob>& jobs,
                                 const StudyProgress& progress) {
    const auto goOn = [&](double share) { return !progress || progress(name, share); };
    if (job.generator)
        return measureSamplePower({modelOf(*job.generator, jobs), job.generator->sampler}, firstSeeds(job.images),
                                  place_.compute, goOn);
    openSubset(0, 0);
    return measureRealPower(session_, job.images, goOn);
}

}  // namespace thaw

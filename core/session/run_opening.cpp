// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/run_opening.h"

#include "core/formats/config_json.h"
#include "core/formats/json_text.h"
#include "core/formats/run_files.h"
#include "core/formats/run_record_file.h"
#include "core/io/model_description.h"
#include "core/io/open_model.h"
#include "core/io/run_folder.h"
#include "core/session/open_files_impl.h"
#include "core/session/run_continuation.h"
#include "core/session/run_description.h"
#include "core/values/model_name.h"
#include "core/values/number_text.h"

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

namespace thaw {
namespace {

namespace fs = std::filesystem;

nlohmann::json configOf(const std::string& folder) {
    std::ifstream file(fs::path(folder) / "config.json");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    return nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
}

// The settings alone: the file holds the record of the run beside them. What cannot be read is no reason not to look.
FinetuneConfig settingsOf(const std::string& folder) {
    auto json = configOf(folder);
    FinetuneConfig every;
    every.tensorboard = true;  // not named otherwise
    const auto fields = nlohmann::json::parse(toJson(every));
    for (auto it = json.begin(); it != json.end();) it = fields.contains(it.key()) ? std::next(it) : json.erase(it);
    try {
        return finetuneConfigFromJson(jsonText(json), recordedDefaults(), folder + "/config.json");
    } catch (const Error&) {
        return recordedDefaults();
    }
}

bool exists(const std::string& path) {
    std::error_code error;
    return isBuiltin(path) || fs::exists(path, error);
}

// A share of a longer work.
Progress share(const Progress& progress, double from, double to) {
    if (!progress) return {};
    return [=](double fraction) { return progress(from + (to - from) * fraction); };
}

std::string hashOf(const std::string& model, const Progress& progress) {
    FileHash hash(modelFileOf(model));
    while (hash.isPending()) {
        hash.advance();
        if (progress && !progress(0)) throw Error(ErrorCode::Interrupted, "Opening '" + model + "' was cancelled.");
    }
    return hash.hex();
}

struct FoundTeacher {
    TeacherState state = TeacherState::Missing;
    std::string path;
};

// Where it was comes first; elsewhere only the checksum can tell that it is the same.
FoundTeacher findTeacher(const OpenFiles::Impl& open, const RunRecord& record, const std::string& folder,
                         const Progress& progress) {
    FoundTeacher found{TeacherState::Missing, record.model};
    if (const auto recorded = modelToOpen(record); exists(recorded)) {
        if (record.modelSha256.empty() || hashOf(recorded, progress) == record.modelSha256)
            return {TeacherState::Own, recorded};
        found.state = TeacherState::Changed;
    }
    if (record.modelSha256.empty()) return found;
    const auto name = fs::path(record.modelFile.empty() ? record.model : record.modelFile).filename();
    const fs::path runs = fs::path(folder).parent_path();
    std::vector<std::string> elsewhere{(runs / name).string(), (runs.parent_path() / name).string(),
                                       (fs::path(folder) / name).string()};
    if (open.original.denoiser) elsewhere.push_back(open.modelCard.file);
    for (const auto& path : elsewhere) {
        std::error_code error;
        if (fs::is_regular_file(path, error) && hashOf(path, progress) == record.modelSha256)
            return {TeacherState::Own, path};
    }
    return found;
}

void requireSameImages(const std::string& teacher, const Denoiser& student) {
    const auto theirs = describeModel(teacher).config;
    const auto& own = student->config();
    const auto shape = [](const NetworkConfig& config) {
        return std::to_string(config.imgResolution) + "×" + std::to_string(config.imgResolution) + " in " +
               std::to_string(config.imgChannels) + (config.imgChannels == 1 ? " channel" : " channels") + ", " +
               std::to_string(config.labelDim) + " classes";
    };
    if (shape(theirs) == shape(own)) return;
    throw Error(ErrorCode::WrongKind,
                "'" + teacher + "' cannot be the teacher of this run: it makes images of " + shape(theirs) +
                    ", the run's generator " + shape(own) + ".",
                "Choose the model that the run was made from.");
}

// The data that distances of the run are measured against.
void openOwnData(OpenFiles& files, const RunRecord& record, OpenedRun& run, const Progress& progress) {
    try {
        if (isOpenDataOf(files, record)) return;
        DatasetOptions options;
        options.maxImages = record.options.maxImages;
        options.seed = record.options.seed;
        files.openData(record.data, options, progress);
        run.hasOpenedData = true;
    } catch (const Error& error) {
        run.dataProblem = error.message();
    }
}

// The snapshot that was named as long as it is there, else the newest that can be opened; nothing where the run has none.
std::optional<LoadedModel> openSnapshot(OpenedRun& run, const Progress& progress) {
    constexpr int kTries = 3;
    std::error_code error;
    for (int tries = 0; tries < kTries; ++tries) {
        auto files = snapshotsOf(run.folder);
        if (fs::is_regular_file(run.path, error)) files.insert(files.begin(), run.path);
        if (files.empty()) break;
        for (const auto& file : files) {
            try {
                run.snapshot = file;
                return openModelFile(file, progress);
            } catch (const Error&) {
                if (fs::exists(file, error)) throw;
            }
        }
    }
    run.snapshot.clear();
    return {};
}

void takeMetadata(OpenedRun& run, const LoadedModel& loaded) {
    if (const auto plan = loaded.metadata.find("freeze"); plan != loaded.metadata.end())
        run.config.freeze = parseFreezePlan(plan->second);
    if (const auto kimg = loaded.metadata.find("kimg"); kimg != loaded.metadata.end())
        run.kimg = numberOf(kimg->second).value_or(0);
}

void lookAtRun(OpenFiles::Impl& open, LoadedModel& loaded, const OpenedRun& run) {
    loaded.denoiser->to(open.compute.device);
    for (auto& parameter : loaded.denoiser->parameters()) parameter.set_requires_grad(false);
    open.looked = LookedAtRun{loaded.denoiser, summarise(loaded, run.snapshot).sampling, run.config, run.kimg};
}

}  // namespace

std::string finetuningRunOf(const std::string& path) {
    if (path.empty() || isBuiltin(path)) return {};
    std::error_code error;
    auto folder = fs::path(absoluteSource(path));
    if (!fs::is_directory(folder, error)) {
        const auto name = folder.filename().string();
        const bool numbered = name.starts_with("ema-") && name.ends_with(".safetensors");
        if (!numbered && name != kBestSnapshot) return {};
        folder = folder.parent_path();
    } else if (!folder.has_filename()) {
        folder = folder.parent_path();  // of "run/"
    }
    const auto json = configOf(folder.string());
    return json.is_object() && json.contains("freeze") && !fs::exists(folder / "data.json", error) ? folder.string()
                                                                                                   : std::string();
}

OpenedRun openRun(OpenFiles& files, const std::string& path, const std::string& teacher, const Progress& progress) {
    auto& open = files.impl();
    open.requireIdle("opening another model");
    OpenedRun run;
    run.path = path;
    run.folder = finetuningRunOf(path);
    if (run.folder.empty())
        throw Error(ErrorCode::WrongKind, "'" + path + "' is neither a run folder of fine-tuning nor its snapshot.",
                    "Open it as a model.");
    // Everything that can fail is done before anything of the open work changes.
    auto loaded = openSnapshot(run, share(progress, 0, 0.3));
    run.config = settingsOf(run.folder);
    if (loaded) takeMetadata(run, *loaded);
    const auto record = runRecordIfAny(run.folder);
    FoundTeacher found{TeacherState::Unrecorded, {}};
    if (!teacher.empty()) {
        if (loaded) requireSameImages(teacher, loaded->denoiser);
        const bool own = record && !record->modelSha256.empty() && hashOf(teacher, progress) == record->modelSha256;
        found = {own ? TeacherState::Own : TeacherState::Chosen, teacher};
    } else if (record) {
        found = findTeacher(open, *record, run.folder, share(progress, 0.3, 0.3));
    }
    run.state = found.state;
    run.teacher = found.path;
    const auto original = run.hasTeacher() ? found.path : run.snapshot;
    if (!original.empty()) files.openModel(original, share(progress, 0.3, 1));
    if (run.hasTuned()) lookAtRun(open, *loaded, run);
    if (record) openOwnData(files, *record, run, progress);
    return run;
}

std::optional<OpenedRun> renewRun(OpenFiles& files, const OpenedRun& shown, const Progress& progress) {
    auto& open = files.impl();
    open.requireIdle("showing another snapshot");
    if (open.trainer() || !shown.hasTeacher() || open.modelSummary.path != shown.teacher) return {};
    OpenedRun run = shown;
    run.path = run.folder;
    auto loaded = openSnapshot(run, progress);
    if (!loaded || run.snapshot == shown.snapshot) return {};
    requireSameImages(run.teacher, loaded->denoiser);
    takeMetadata(run, *loaded);
    lookAtRun(open, *loaded, run);
    return run;
}

bool isPretrainingWithoutSnapshot(const std::string& path) {
    std::error_code error;
    const fs::path folder(path);
    return fs::is_directory(folder, error) && fs::exists(folder / "config.json", error) &&
           fs::exists(folder / "data.json", error) && snapshotsOf(path).empty();
}

}  // namespace thaw

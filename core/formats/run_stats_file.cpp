// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/run_stats_file.h"

#include "core/formats/imported_log.h"
#include "core/formats/json_text.h"
#include "core/formats/run_life.h"
#include "core/formats/run_record_file.h"
#include "core/formats/stats_line.h"
#include "core/values/error.h"
#include "core/values/train_words.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <set>
#include <sstream>

namespace thaw {
namespace {

using SortedJson = nlohmann::json;

std::optional<double> number(const SortedJson& line, const char* key) {
    const auto it = line.find(key);
    return it != line.end() && it->is_number() ? std::optional(it->get<double>()) : std::nullopt;
}

// "resume" takes an ending back; a plan that was set before the first step is the first.
void addEvents(RunSummary& summary, const std::vector<RunEvent>& events) {
    for (const auto& event : events) {
        if (event.kind == "freeze" && event.step > 0) summary.plans.push_back(event);
        if (event.kind == "resume") summary.outcome.reset();
        if (const auto outcome = valueOfWord<RunOutcome>(event.kind)) summary.outcome = outcome;
    }
}

void addDistances(RunSummary& summary, const std::vector<FidPoint>& fids) {
    for (const auto& point : fids) {
        if (!std::isfinite(point.fid)) continue;
        summary.last = point;
        if (!summary.best || point.fid <= summary.best->fid) summary.best = point;
    }
}

void summariseImport(RunSummary& summary) {
    try {
        const auto stats = readImportedLog(summary.folder);
        summary.importedFrom = stats.importedFrom;
        summary.notes = stats.notes;
        summary.kimg = stats.steps.empty() ? stats.fids.back().kimg : stats.steps.back().kimg;
        addDistances(summary, stats.fids);
    } catch (const Error& error) {
        summary.importedFrom = "another program";
        summary.notes = {error.message()};
    }
}

}  // namespace

RunStats readRunStats(const std::string& runFolder) {
    namespace fs = std::filesystem;
    std::error_code error;
    if (!fs::exists(runFolder, error))
        throw Error(ErrorCode::FileMissing, "There is no run folder '" + runFolder + "'.", "Check the path.");
    if (isImportedLog(runFolder)) return readImportedLog(runFolder);
    const auto path = (fs::path(runFolder) / "stats.jsonl").string();
    if (!fs::is_directory(runFolder, error) || !fs::exists(path, error))
        throw Error(ErrorCode::WrongKind, "'" + runFolder + "' is no run folder: it has no stats.jsonl.",
                    "Name the --out folder of a training run, or the folder or log of a run of EDM, D2O or StyleGAN.");
    std::ifstream stream(path);
    RunStats stats;
    stats.objective = recordedObjective(runFolder);
    int number = 0;
    for (std::string text; std::getline(stream, text);) {
        ++number;
        if (text.empty()) continue;
        if (addStatsLine(stats, text) != StatsLine::Damaged) continue;
        if (stream.eof()) break;  // a run that was killed leaves half a line
        throwDamagedStats(path, number);
    }
    if (stats.steps.empty())
        throw Error(ErrorCode::WrongKind, "'" + path + "' holds no training step yet.",
                    "Let the run take some steps first.");
    return stats;
}

void throwDamagedStats(const std::string& path, long line) {
    throw Error(ErrorCode::FileDamaged, "'" + path + "' is damaged at line " + std::to_string(line) + ".",
                "Remove that line, or take a copy of the file.");
}

RunStats runStatsIfAny(const std::string& runFolder) {
    try {
        return readRunStats(runFolder);
    } catch (const std::exception&) {
        return {};
    }
}

RunSummary describedRun(const std::string& runFolder) {
    RunSummary summary;
    summary.folder = runFolder;
    if (isImportedLog(runFolder)) {
        summariseImport(summary);
        return summary;
    }
    std::ifstream file((std::filesystem::path(runFolder) / "config.json").string());
    std::stringstream text;
    text << file.rdbuf();
    const auto json = SortedJson::parse(text.str(), nullptr, /*allow_exceptions=*/false);
    if (!json.is_object()) return summary;
    summary.config = text.str();
    const auto word = [&](const char* key) {
        return json.contains(key) && json[key].is_string() ? json[key].get<std::string>() : std::string();
    };
    summary.objective = word("objective");
    summary.freeze = word("freeze");
    if (const auto kimg = number(json, "kimg")) summary.targetKimg = kimg;
    if (const auto record = runRecordIfAny(runFolder)) summary.madeWith = wordsOf(record->environment);
    for (const auto& next : continuationsOf(runFolder))
        summary.madeWith.emplace_back("other from step " + std::to_string(next.step), next.differences);
    return summary;
}

void addStats(RunSummary& summary, const RunStats& stats) {
    if (!stats.steps.empty()) summary.kimg = stats.steps.back().kimg;
    addDistances(summary, stats.fids);
    addEvents(summary, stats.events);
    // Killed in the moment between its last word and its end, it had ended.
    if (summary.outcome) summary.interrupted = false;
}

RunSummary summariseRun(const std::string& runFolder) {
    auto summary = describedRun(runFolder);
    if (!summary.importedFrom.empty()) return summary;
    addLife(summary, runLife(runFolder), secondsSince1970());
    try {
        addStats(summary, readRunStats(runFolder));
    } catch (const Error&) {
        // A run that was stopped before its first step has a configuration all the same.
    }
    return summary;
}

std::vector<ConfigDifference> configDifferences(const std::vector<std::string>& configs) {
    std::vector<SortedJson> all;
    std::set<std::string> keys;
    for (const auto& text : configs) {
        const auto json = SortedJson::parse(text, nullptr, /*allow_exceptions=*/false);
        all.push_back(json.is_object() ? json.flatten() : SortedJson::object());
        for (const auto& [key, value] : all.back().items()) keys.insert(key);
    }
    // `/generator/learning_rate` as the path is written elsewhere.
    const auto dotted = [](std::string path) {
        path.erase(0, 1);
        std::replace(path.begin(), path.end(), '/', '.');
        return path;
    };
    std::vector<ConfigDifference> differences;
    for (const auto& key : keys) {
        ConfigDifference difference{dotted(key), {}};
        for (const auto& config : all) {
            const auto it = config.find(key);
            difference.values.push_back(it == config.end() ? std::string()
                                        : it->is_string()  ? it->get<std::string>()
                                                           : jsonText(*it));
        }
        const auto& values = difference.values;
        if (std::any_of(values.begin(), values.end(), [&](const auto& value) { return value != values.front(); }))
            differences.push_back(std::move(difference));
    }
    return differences;
}

std::string toCsv(const RunStats& stats) {
    using Csv = StepField::Csv;
    std::ostringstream csv;
    csv.precision(10);
    const auto run = stats.finetune ? StepField::Run::Finetuning : StepField::Run::Pretraining;
    const auto columns = [&](Csv wanted) {
        std::vector<StepField> fields;
        for (const auto& field : kStepFields)
            if (field.run == run && field.csv == wanted) fields.push_back(field);
        return fields;
    };
    // A column more where the run imitates a teacher; the others keep their places.
    auto last = columns(Csv::LastColumnIfAny);
    std::erase_if(last, [&](const StepField& field) {
        return std::none_of(stats.steps.begin(), stats.steps.end(),
                            [&](const StepMetrics& step) { return (step.*field.value).has_value(); });
    });
    const auto usual = columns(Csv::Column);
    const auto writeHead = [&](const std::vector<StepField>& fields) {
        for (const auto& field : fields) csv << ',' << field.key;
    };
    const auto writeCells = [&](const StepMetrics& step, const std::vector<StepField>& fields) {
        for (const auto& field : fields) {
            csv << ',';
            if (step.*field.value) csv << *(step.*field.value);
        }
    };
    csv << "kimg,step";
    writeHead(usual);
    const bool distances = stats.finetune || !stats.fids.empty();  // an import measures pre-training too
    if (distances) csv << ",fid";
    writeHead(last);
    csv << '\n';

    auto fid = stats.fids.begin();
    const auto writeFidsBelow = [&](double kimg) {
        for (; fid != stats.fids.end() && fid->kimg < kimg; ++fid)
            csv << fid->kimg << std::string(usual.size() + 2, ',') << fid->fid << std::string(last.size(), ',') << '\n';
    };
    for (const auto& step : stats.steps) {
        writeFidsBelow(step.kimg);
        csv << step.kimg << ',' << step.step;
        writeCells(step, usual);
        if (distances) csv << ',';
        writeCells(step, last);
        csv << '\n';
    }
    writeFidsBelow(std::numeric_limits<double>::infinity());
    return csv.str();
}

}  // namespace thaw

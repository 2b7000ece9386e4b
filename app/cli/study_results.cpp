// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/study_results.h"

#include "app/cli/output.h"
#include "core/formats/config_json.h"
#include "core/formats/json_text.h"
#include "core/formats/measure_json.h"
#include "core/formats/run_stats_file.h"

#include <filesystem>

namespace thaw::cli {
namespace {

namespace fs = std::filesystem;
using ResultsJson = nlohmann::ordered_json;

// The first few; every field of every objective may differ.
std::string namedDifferences(const std::vector<ConfigDifference>& differences) {
    constexpr std::size_t kShown = 4;
    std::string text;
    for (std::size_t i = 0; i < std::min(kShown, differences.size()); ++i) {
        const auto& d = differences[i];
        const auto value = [](const std::string& v) { return v.empty() ? std::string("nothing") : v; };
        text += (i ? "; " : "") + d.field + " is " + value(d.values.at(0)) + " there and " + value(d.values.at(1)) +
                " here";
    }
    if (differences.size() > kShown) text += "; and " + std::to_string(differences.size() - kShown) + " more";
    return text;
}

bool hasRuns(const std::string& folder) {
    std::error_code error;
    const auto runs = fs::path(folder) / "runs";
    return fs::is_directory(runs, error) && !fs::is_empty(runs, error);
}

}  // namespace

ResultsJson studyIdentity(Session& session, const std::string& study, double kimg, int num,
                          const std::vector<std::pair<std::string, FinetuneConfig>>& settings) {
    auto& files = session.files();
    const auto& subset = files.dataOptions();
    ResultsJson identity{{"name", study},
                         {"version", kStudyVersion},
                         {"model_sha256", files.modelHash().whole()},
                         {"data_sha256", files.dataHash()},
                         {"kimg", kimg},
                         {"num", num},
                         {"precision", session.environment().precision}};
    if (subset.maxImages > 0) identity["data_subset"] = {{"images", subset.maxImages}, {"seed", subset.seed}};
    for (const auto& [objective, config] : settings) {
        auto json = ResultsJson::parse(toJson(config));
        json.erase("seed");
        identity["settings"][objective] = json;
    }
    return identity;
}

StudyResults::StudyResults(const std::string& folder, const ResultsJson& identity)
    : file_((fs::path(folder) / "results.json").string()) {
    const auto refuse = [&](const std::string& why) {
        return Error(ErrorCode::Configuration, "The folder '" + folder + "' " + why + ".",
                     "Name another --out folder; results of different studies are never mixed.");
    };
    if (!fs::exists(file_)) {
        if (hasRuns(folder)) throw refuse("holds runs, but no results.json that says of which study");
        results_ = {{"study", identity}, {"results", ResultsJson::object()}};
        fs::create_directories(fs::path(folder) / "runs");
        write();
        return;
    }
    results_ = ResultsJson::parse(readTextFile(file_), nullptr, /*allow_exceptions=*/false);
    if (!results_.is_object())
        throw Error(ErrorCode::FileDamaged, "'" + file_ + "' is no JSON object.", "Name another --out folder.");
    if (!results_.contains("study") || !results_.contains("results"))
        throw refuse("is of an older version, which did not note of which model, data and settings its results are");
    const auto differences = configDifferences({jsonText(results_["study"]), jsonText(identity)});
    if (!differences.empty()) throw refuse("holds another study: " + namedDifferences(differences));
}

bool StudyResults::has(const std::string& objective, int seed) const {
    const auto& all = json();
    return all.contains(objective) && all[objective].contains(std::to_string(seed));
}

void StudyResults::add(const std::string& objective, int seed, const FidPoint& point) {
    results_["results"][objective][std::to_string(seed)] = {{"fid", point.fid},
                                                            {"kid", orNull(point.kid)},
                                                            {"precision", orNull(point.precision)},
                                                            {"recall", orNull(point.recall)},
                                                            {"kimg", point.kimg},
                                                            {"num", point.num},
                                                            {"features", point.features},
                                                            {"reference", point.reference},
                                                            {"measure", measureJson(measureOf(point))}};
    write();
}

void StudyResults::write() const { writeText(file_, jsonText(results_, 2) + "\n"); }

}  // namespace thaw::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study_folder.h"

#include "core/formats/figure_recipe_json.h"
#include "core/formats/json_text.h"
#include "core/formats/run_stats_file.h"
#include "core/formats/running_mark.h"
#include "core/formats/study_files.h"
#include "core/formats/study_report_text.h"
#include "core/io/atomic_file.h"
#include "core/io/file_bytes.h"
#include "core/values/error.h"
#include "core/values/study_recipe.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <ostream>

namespace thaw {
namespace {

namespace fs = std::filesystem;

void writeStudyText(const fs::path& path, const std::string& text) {
    writeFileAtomically(path.string(), [&](std::ostream& stream) { stream << text; });
}

// The first few; every field may differ.
std::string differenceText(const std::vector<ConfigDifference>& differences) {
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

bool hasEntries(const fs::path& folder) {
    std::error_code error;
    return fs::is_directory(folder, error) && !fs::is_empty(folder, error);
}

}  // namespace

void claimStudyFolder(const std::string& folder, const std::string& identity) {
    const auto refuse = [&](const std::string& why) {
        return Error(ErrorCode::Configuration, "The folder '" + folder + "' " + why + ".",
                     "Name another --out folder; results of different studies are never mixed.");
    };
    const auto file = fs::path(folder) / "study.json";
    if (!fs::exists(file)) {
        const fs::path place(folder);
        if (hasEntries(place / "runs") || hasEntries(place / "results") || fs::exists(place / "results.json"))
            throw refuse("holds runs or results of an older version, which did not note of which study they are");
        fs::create_directories(folder);
        writeStudyText(file, identity + "\n");
        return;
    }
    const auto text = readFileBytes(file.string());
    if (!nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false).is_object())
        throw Error(ErrorCode::FileDamaged, "'" + file.string() + "' is no JSON object.", "Name another --out folder.");
    const auto differences = configDifferences({text, identity});
    if (!differences.empty()) throw refuse("holds another study: " + differenceText(differences));
}

void writeReport(const std::string& folder, const StudyReport& report) {
    const fs::path place(folder);
    const auto json = toJson(report);
    std::error_code error;
    if (fs::exists(place / "report.json", error) && readFileBytes((place / "report.json").string()) == json) return;
    fs::remove(place / "report.pdf", error);
    for (const auto& table : report.tables) writeStudyText(place / (table.name + ".csv"), tableCsv(table));
    for (const auto& chart : report.charts) {
        for (const char* drawn : {".svg", ".pdf"}) fs::remove(place / (chart.name + drawn), error);
        writeStudyText(place / (chart.name + ".csv"), chartCsv(chart));
        writeStudyText(place / (chart.name + ".recipe.json"), toJson(studyChartRecipe(".", chart.name)));
    }
    writeStudyText(place / "report.html", reportHtml(report));
    writeStudyText(place / "report.md", reportMarkdown(report));
    writeStudyText(place / "report.json", json);  // the last: what is read again is complete
}

void writeRequest(const std::string& folder, const std::vector<std::string>& arguments) {
    writeStudyText(fs::path(folder) / "request.json", jsonText(nlohmann::json{{"arguments", arguments}}, 1) + "\n");
}

void writeProgress(const std::string& folder, StudyProgressNote note) {
    note.host = machineName();
    writeStudyText(fs::path(folder) / "progress.json", toJson(note));
}

}  // namespace thaw

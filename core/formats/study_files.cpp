// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/study_files.h"

#include "core/formats/json_text.h"
#include "core/formats/running_mark.h"
#include "core/values/error.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

namespace thaw {
namespace {

namespace fs = std::filesystem;
using StudyJson = nlohmann::ordered_json;

std::optional<std::string> studyFileText(const std::string& folder, const char* name) {
    std::ifstream stream(fs::path(folder) / name, std::ios::binary);
    if (!stream) return {};
    return std::string(std::istreambuf_iterator<char>(stream), {});
}

StudyJson objectIn(const std::string& folder, const char* name) {
    const auto text = studyFileText(folder, name);
    auto json = StudyJson::parse(text.value_or(std::string()), nullptr, /*allow_exceptions=*/false);
    return json.is_object() ? json : StudyJson::object();
}

// The value of a field of that type, else what it stands for.
template <class Value>
Value valueIn(const StudyJson& json, const char* key, Value otherwise) {
    const auto found = json.find(key);
    if (found == json.end()) return otherwise;
    if constexpr (std::is_same_v<Value, std::string>) return found->is_string() ? found->get<std::string>() : otherwise;
    else return found->is_number() ? found->get<Value>() : otherwise;
}

StudyProgressNote noteFrom(const StudyJson& json) {
    StudyProgressNote note;
    note.stage = valueOfWord<StudyStage>(valueIn(json, "stage", std::string())).value_or(StudyStage::None);
    note.job = valueIn(json, "job", std::string());
    note.share = std::clamp(valueIn(json, "share", 0.0), 0.0, 1.0);
    note.done = valueIn(json, "done", 0);
    note.jobs = valueIn(json, "jobs", 0);
    note.host = valueIn(json, "host", std::string());
    note.message = valueIn(json, "message", std::string());
    return note;
}

}  // namespace

std::string toJson(const StudyProgressNote& note) {
    StudyJson json{{"stage", wordFor(note.stage)},
                   {"job", note.job},
                   {"share", note.share},
                   {"done", note.done},
                   {"jobs", note.jobs},
                   {"host", note.host}};
    if (!note.message.empty()) json["message"] = note.message;
    return jsonText(json) + "\n";
}

StudyReport readStudyReport(const std::string& folder) {
    const auto path = (fs::path(folder) / "report.json").string();
    const auto text = studyFileText(folder, "report.json");
    if (!text)
        throw Error(ErrorCode::FileMissing, "There is no report of a study at '" + path + "'.",
                    "Name the folder that was given to 'thaw-cli study --out'.");
    return studyReportFromJson(*text, path);
}

bool isStudyFolder(const std::string& folder) {
    std::error_code error;
    return fs::is_regular_file(fs::path(folder) / "study.json", error);
}

StudyFolderState studyFolderState(const std::string& folder) {
    StudyFolderState state;
    state.folder = folder;
    const auto identity = objectIn(folder, "study.json");
    state.study = valueIn(identity, "study", std::string());
    state.kimg = valueIn(identity, "kimg", 0.0);
    state.images = valueIn(identity, "num", 0);
    state.precision = valueIn(identity, "precision", std::string());
    const auto request = objectIn(folder, "request.json");
    if (const auto words = request.find("arguments"); words != request.end() && words->is_array())
        for (const auto& word : *words)
            if (word.is_string()) state.arguments.push_back(word);
    state.progress = noteFrom(objectIn(folder, "progress.json"));
    state.isRunning = isRunning(folder);
    std::error_code error;
    const auto time = fs::last_write_time(fs::path(folder) / "report.json", error);
    state.hasReport = !error;
    if (!error) state.reportTime = time.time_since_epoch().count();
    return state;
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/study_files.h"

#include "core/formats/json_text.h"
#include "core/formats/note_file.h"
#include "core/formats/running_mark.h"
#include "core/values/error.h"

#include <algorithm>
#include <filesystem>

namespace thaw {
namespace {

namespace fs = std::filesystem;

StudyProgressNote noteFrom(const NoteJson& json) {
    StudyProgressNote note;
    note.stage = valueOfWord<StudyStage>(noteValue(json, "stage", std::string())).value_or(StudyStage::None);
    note.job = noteValue(json, "job", std::string());
    note.share = std::clamp(noteValue(json, "share", 0.0), 0.0, 1.0);
    note.done = noteValue(json, "done", 0);
    note.jobs = noteValue(json, "jobs", 0);
    note.host = noteValue(json, "host", std::string());
    note.message = noteValue(json, "message", std::string());
    return note;
}

}  // namespace

std::string toJson(const StudyProgressNote& note) {
    NoteJson json{{"stage", wordFor(note.stage)},
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
    const auto text = noteText(folder, "report.json");
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
    const auto identity = noteIn(folder, "study.json");
    state.study = noteValue(identity, "study", std::string());
    state.kimg = noteValue(identity, "kimg", 0.0);
    state.images = noteValue(identity, "num", 0);
    state.precision = noteValue(identity, "precision", std::string());
    const auto request = noteIn(folder, "request.json");
    if (const auto words = request.find("arguments"); words != request.end() && words->is_array())
        for (const auto& word : *words)
            if (word.is_string()) state.arguments.push_back(word);
    state.progress = noteFrom(noteIn(folder, "progress.json"));
    state.isRunning = isRunning(folder);
    std::error_code error;
    const auto time = fs::last_write_time(fs::path(folder) / "report.json", error);
    state.hasReport = !error;
    if (!error) state.reportTime = time.time_since_epoch().count();
    return state;
}

}  // namespace thaw

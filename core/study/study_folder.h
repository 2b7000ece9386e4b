// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/study_report.h"
#include "core/values/study_state.h"

#include <string>
#include <vector>

namespace thaw {

/// A study's folder is of one study, model, data set and length: `study.json` says of which (`identity`, a JSON object). Writes
/// it where there is none. Throws Configuration, naming what differs, where the folder is of another study, or holds runs or
/// results of which no file says whose they are; FileDamaged where study.json is no JSON object.
void claimStudyFolder(const std::string& folder, const std::string& identity);

/// report.json, report.md, report.html, and for each table and chart NAME.csv and for charts NAME.recipe.json, from which
/// `thaw --figure` draws them; each whole or not at all. Where the report is another than the one that is there, what was drawn
/// of that one is removed: NAME.svg, NAME.pdf, report.pdf. (report.html and report.md are written without pictures.) Where it is the same, nothing is written.
void writeReport(const std::string& folder, const StudyReport& report);

/// request.json: the words that follow `thaw-cli study` to go on with it, but for --out.
void writeRequest(const std::string& folder, const std::vector<std::string>& arguments);
/// progress.json, with this machine's name as its host.
void writeProgress(const std::string& folder, StudyProgressNote note);

}  // namespace thaw

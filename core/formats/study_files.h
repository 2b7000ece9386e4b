// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/study_report.h"
#include "core/values/study_state.h"

#include <string>

namespace thaw {

// What a study's folder holds for those who look at it, this program or another:
//
//     study.json     of which study, model, data and length it is
//     request.json   how it was started
//     report.json    the outcome so far
//     progress.json  what it does now, or how it stopped
//
// `running` beside them says whether a process is at it (core/formats/running_mark.h).

/// JSON both ways; deviations and means that are not finite are null. The same report gives the same bytes. `origin` names the
/// file in errors: FileDamaged for text that is no report, WrongKind for one of a newer format.
std::string toJson(const StudyReport& report);
StudyReport studyReportFromJson(const std::string& json, const std::string& origin);

std::string toJson(const StudyProgressNote& note);

/// report.json of a study's folder. Throws FileMissing where there is none.
StudyReport readStudyReport(const std::string& folder);
/// A folder with a study.json, read as far as its files can be: what is missing or damaged is left empty.
StudyFolderState studyFolderState(const std::string& folder);
/// It holds a study.json.
bool isStudyFolder(const std::string& folder);

}  // namespace thaw

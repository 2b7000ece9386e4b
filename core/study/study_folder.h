// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/study/study_report.h"

#include <string>

namespace thaw {

/// A study's folder is of one study, model, data set and length: `study.json` says of which (`identity`, a JSON object). Writes
/// it where there is none. Throws Configuration, naming what differs, where the folder is of another study, or holds runs or
/// results of which no file says whose they are; FileDamaged where study.json is no JSON object.
void claimStudyFolder(const std::string& folder, const std::string& identity);

/// report.md, report.html, and for each table and chart NAME.csv, charts as NAME.svg too; each whole or not at all.
void writeReport(const std::string& folder, const StudyReport& report);

}  // namespace thaw

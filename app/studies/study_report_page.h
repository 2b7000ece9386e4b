// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/study_report.h"

#include <QPalette>
#include <QString>

#include <optional>

namespace thaw {

/// A report's words and tables as HTML for a text view. The first cell of a table's row is a link to its runs.
QString studyReportPage(const StudyReport& report, const QPalette& palette);

/// The runs of a row that such a link means; nothing for other links.
std::optional<std::vector<std::string>> linkedRuns(const StudyReport& report, const QString& link);

}  // namespace thaw

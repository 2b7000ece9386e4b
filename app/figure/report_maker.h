// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QApplication;

namespace thaw {

struct StudyReport;

/// Draws what a study's folder holds in report.json, without a window: NAME.svg and NAME.pdf of each chart, each with its recipe,
/// and report.html and report.pdf with all of them in it. What was drawn before is replaced. Faults go to standard error.
/// Returns the exit code: 0, or 3 for files.
int makeReport(QApplication& application, const QString& studyFolder);

/// The whole report on A4 pages: text stays text, charts stay lines. `chartFolder` holds NAME.svg of each. Returns an error for the
/// user, or nothing.
QString writeReportPdf(const StudyReport& report, const QString& chartFolder, const QString& path);

}  // namespace thaw

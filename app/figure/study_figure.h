// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/study_report.h"
#include "widgets/curves/curve_data.h"

namespace thaw {

/// A chart of a study's report: points and a line a series, a band of one standard deviation over the seeds around it. Points are
/// sorted along x. The same for the screen and for files.
CurveFigure studyCurves(const ReportChart& chart, const QString& studyTitle);

}  // namespace thaw

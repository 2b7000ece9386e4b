// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/study_report.h"

#include <functional>
#include <string>

namespace thaw {

/// The whole report; NAME.svg of the charts that `picture` says are drawn.
std::string reportMarkdown(const StudyReport& report, const std::function<bool(const ReportChart&)>& picture = {});
/// One page. `picture` gives the address of a chart's drawing (a `data:` one leaves the page without outside files), or nothing
/// where it is not drawn: its title stands there then and says so.
std::string reportHtml(const StudyReport& report, const std::function<std::string(const ReportChart&)>& picture = {});
/// What stands in that page's body.
std::string reportBody(const StudyReport& report, const std::function<std::string(const ReportChart&)>& picture = {});
/// RFC 4180: a head and the rows, CRLF.
std::string tableCsv(const ReportTable& table);
/// x, then mean and deviation of every series; empty where a series has no such x.
std::string chartCsv(const ReportChart& chart);

}  // namespace thaw

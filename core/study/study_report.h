// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace thaw {

/// What a study's numbers say of a claim of the paper.
enum class Verdict { Agrees, Disagrees, CannotTell };

struct StudyClaim {
    std::string claim;  ///< a sentence, as the paper makes it
    Verdict verdict = Verdict::CannotTell;
    std::string number;  ///< a sentence with the numbers that decide, and what would be needed where they cannot
};

struct ReportTable {
    std::string name;   ///< of its file, `distances`
    std::string title;  ///< a line
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;  ///< as many cells as columns
};

struct ReportSeries {
    std::string name;
    std::vector<double> x, mean, deviation;  ///< of one length; deviation is not a number of a single run
};

struct ReportChart {
    std::string name, title, xLabel, yLabel;
    bool logX = false, logY = false;
    std::vector<ReportSeries> series;
};

/// A study's outcome, ready to be written or shown: the same for every form of it.
struct StudyReport {
    std::string title;
    std::vector<std::string> paragraphs;  ///< model, data, lengths, what the distances are
    std::vector<StudyClaim> claims;
    std::vector<ReportTable> tables;
    std::vector<ReportChart> charts;
    std::vector<std::string> notes;  ///< what is missing, and what a reader must not conclude
};

/// `agrees`, `disagrees`, `cannot tell`.
std::string verdictText(Verdict verdict);

/// The whole report; charts as tables of their points are left to their own files.
std::string reportMarkdown(const StudyReport& report);
/// One page without outside files, charts as SVG within it.
std::string reportHtml(const StudyReport& report);
/// RFC 4180: a head and the rows, CRLF.
std::string tableCsv(const ReportTable& table);
/// x, then mean and deviation of every series; empty where a series has no such x.
std::string chartCsv(const ReportChart& chart);
/// The chart alone, 640 × 400: axes with round ticks, a line and a band of one deviation a series, names beside the lines.
std::string chartSvg(const ReportChart& chart);

}  // namespace thaw

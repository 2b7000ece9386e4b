// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace thaw {

/// What a study's numbers say of a claim of the paper.
enum class Verdict { Agrees, Disagrees, CannotTell };

/// `agrees`, `disagrees`, `cannot tell`.
std::string verdictText(Verdict verdict);

struct StudyClaim {
    std::string claim;  ///< a sentence, as the paper makes it
    Verdict verdict = Verdict::CannotTell;
    std::string number;  ///< a sentence with the numbers that decide, and what would be needed where they cannot

    bool operator==(const StudyClaim&) const = default;
};

struct ReportTable {
    std::string name;   ///< of its file, `distances`
    std::string title;  ///< a line
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;  ///< as many cells as columns
    /// Run folders within the study's, a list a row; shorter where the last rows come from no run.
    std::vector<std::vector<std::string>> runs{};

    void add(std::vector<std::string> cells, std::vector<std::string> fromRuns = {}) {
        rows.push_back(std::move(cells));
        runs.resize(rows.size() - 1);
        runs.push_back(std::move(fromRuns));
    }
    bool operator==(const ReportTable&) const = default;
};

struct ReportSeries {
    std::string name;
    std::vector<double> x, mean, deviation;  ///< of one length; deviation is not a number of a single run
    std::vector<std::string> runs{};         ///< their folders within the study's
};

/// A value to compare with, a line across the chart: `18 steps`.
struct ReportLine {
    double y = 0;  ///< not a number where it is not known yet
    std::string text;

    bool operator==(const ReportLine&) const = default;
};

struct ReportChart {
    std::string name, title, xLabel, yLabel;
    bool logX = false, logY = false;
    std::vector<ReportSeries> series;
    std::vector<ReportLine> lines{};
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

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/study_report_text.h"

#include "core/values/number_text.h"

#include <cmath>
#include <set>

namespace thaw {
namespace {

std::string csvCell(const std::string& cell) {
    if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
    std::string quoted = "\"";
    for (const char c : cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

std::string csvLine(const std::vector<std::string>& cells) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) line += (i ? "," : "") + csvCell(cells[i]);
    return line + "\r\n";
}

std::string markdownLine(const std::vector<std::string>& cells) {
    std::string line = "|";
    for (const auto& cell : cells) {
        line += " ";
        for (const char c : cell) line += c == '|' ? std::string("\\|") : std::string(1, c);
        line += " |";
    }
    return line + "\n";
}

std::string reportNumber(double value) { return std::isfinite(value) ? shortNumber(value) : std::string(); }

}  // namespace

std::string reportMarkdown(const StudyReport& report, const std::function<bool(const ReportChart&)>& picture) {
    std::string text = "# " + report.title + "\n";
    for (const auto& paragraph : report.paragraphs) text += "\n" + paragraph + "\n";
    if (!report.claims.empty()) {
        text += "\n" + markdownLine({"claim", "these runs", "numbers"}) + "|---|---|---|\n";
        for (const auto& claim : report.claims)
            text += markdownLine({claim.claim, "**" + verdictText(claim.verdict) + "**", claim.number});
    }
    for (const auto& chart : report.charts)
        if (picture && picture(chart)) text += "\n![" + chart.title + "](" + chart.name + ".svg)\n";
    for (const auto& table : report.tables) {
        text += "\n## " + table.title + "\n\n" + markdownLine(table.columns) + "|";
        for (std::size_t i = 0; i < table.columns.size(); ++i) text += "---|";
        text += "\n";
        for (const auto& row : table.rows) text += markdownLine(row);
    }
    for (const auto& note : report.notes) text += "\n" + note + "\n";
    return text;
}

std::string tableCsv(const ReportTable& table) {
    std::string text = csvLine(table.columns);
    for (const auto& row : table.rows) text += csvLine(row);
    return text;
}

std::string chartCsv(const ReportChart& chart) {
    std::vector<std::string> head{chart.xLabel};
    std::set<double> all;
    for (const auto& series : chart.series) {
        head.push_back(series.name);
        head.push_back(series.name + ", deviation");
        all.insert(series.x.begin(), series.x.end());
    }
    std::string text = csvLine(head);
    for (const double x : all) {
        std::vector<std::string> row{reportNumber(x)};
        for (const auto& series : chart.series) {
            std::size_t i = 0;
            while (i < series.x.size() && series.x[i] != x) ++i;
            const bool there = i < series.x.size();
            row.push_back(there ? reportNumber(series.mean[i]) : "");
            row.push_back(there ? reportNumber(series.deviation[i]) : "");
        }
        text += csvLine(row);
    }
    return text;
}

}  // namespace thaw

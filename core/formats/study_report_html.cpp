// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/study_report_text.h"

namespace thaw {
namespace {

std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        default: out += c;
        }
    return out;
}

// Names in backquotes, as Markdown has them, become code.
std::string words(const std::string& text) {
    std::string html;
    bool code = false;
    for (const char c : escaped(text))
        if (c == '`') html += (code = !code) ? "<code>" : "</code>";
        else html += c;
    return html + (code ? "</code>" : "");
}

std::string htmlRow(const std::vector<std::string>& cells, const char* tag) {
    std::string line = "<tr>";
    for (const auto& cell : cells) line += std::string("<") + tag + ">" + escaped(cell) + "</" + tag + ">";
    return line + "</tr>\n";
}

const char* const kStyle =
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 "
    "1rem;color:#1b1f24;background:#fff}"
    "table{border-collapse:collapse;margin:1rem 0;display:block;overflow-x:auto}"
    "th,td{padding:.25rem .6rem;border-bottom:1px solid #d0d7de;text-align:left}"
    "figure{margin:1.5rem 0}figure img{max-width:100%}figcaption{font-weight:600}"
    ".agrees{color:#116329}.disagrees{color:#a40e26}.cannot{color:#57606a}"
    "@media(prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}th,td{border-color:#30363d}"
    "figure img{background:#fff}.agrees{color:#56d364}.disagrees{color:#ff7b72}.cannot{color:#8b949e}}";

const char* classOf(Verdict verdict) {
    switch (verdict) {
    case Verdict::Agrees: return "agrees";
    case Verdict::Disagrees: return "disagrees";
    case Verdict::CannotTell: break;
    }
    return "cannot";
}

// As an image of its own: the names within several drawings would meet on one page.
std::string figureHtml(const ReportChart& chart, const std::string& address) {
    const auto title = escaped(chart.title);
    const std::string drawn = address.empty()
                                  ? "<p>Not drawn here; the numbers are in " + escaped(chart.name) + ".csv.</p>"
                                  : "<img alt=\"" + title + "\" src=\"" + escaped(address) + "\">";
    return "<figure>" + drawn + "<figcaption>" + title + "</figcaption></figure>\n";
}

}  // namespace

std::string reportBody(const StudyReport& report, const std::function<std::string(const ReportChart&)>& picture) {
    std::string html;
    if (!report.title.empty()) html += "<h1>" + escaped(report.title) + "</h1>\n";
    for (const auto& paragraph : report.paragraphs) html += "<p>" + words(paragraph) + "</p>\n";
    if (!report.claims.empty()) {
        html += "<table>" + htmlRow({"claim", "these runs", "numbers"}, "th");
        for (const auto& claim : report.claims)
            html += "<tr><td>" + words(claim.claim) + "</td><td class=\"" + classOf(claim.verdict) + "\"><b>" +
                    verdictText(claim.verdict) + "</b></td><td>" + words(claim.number) + "</td></tr>\n";
        html += "</table>\n";
    }
    for (const auto& chart : report.charts) html += figureHtml(chart, picture ? picture(chart) : std::string());
    for (const auto& table : report.tables) {
        html += "<h2>" + escaped(table.title) + "</h2>\n<table>" + htmlRow(table.columns, "th");
        for (const auto& row : table.rows) html += htmlRow(row, "td");
        html += "</table>\n";
    }
    for (const auto& note : report.notes) html += "<p>" + words(note) + "</p>\n";
    return html;
}

std::string reportHtml(const StudyReport& report, const std::function<std::string(const ReportChart&)>& picture) {
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + escaped(report.title) +
           "</title>\n<style>" + kStyle + "</style></head><body>\n" + reportBody(report, picture) + "</body></html>\n";
}

}  // namespace thaw

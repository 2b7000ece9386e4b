// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/study_files.h"

#include "core/formats/json_text.h"
#include "core/values/error.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace thaw {
namespace {

using ReportJson = nlohmann::ordered_json;

constexpr const char* kReportKey = "thaw_study_report";
constexpr int kReportFormat = 1;

// jsonText would do it for numbers alone, but not for what is read back: null is not a number.
ReportJson numbersJson(const std::vector<double>& values) {
    auto json = ReportJson::array();
    for (const double value : values) json.push_back(std::isfinite(value) ? ReportJson(value) : ReportJson());
    return json;
}

std::vector<double> numbersFrom(const ReportJson& json) {
    std::vector<double> values;
    for (const auto& value : json)
        values.push_back(value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>());
    return values;
}

using ReportWords = std::vector<std::string>;

// Names become names of files: nothing else may be in them.
std::string fileWord(const ReportJson& json) {
    auto name = json.get<std::string>();
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    if (name.empty() || !std::all_of(name.begin(), name.end(), fits))
        throw Error(ErrorCode::FileDamaged, "the name '" + name + "' is not made of a-z, 0-9 and '-'");
    return name;
}

ReportTable tableFrom(const ReportJson& json) {
    ReportTable table{fileWord(json.at("name")), json.at("title"), json.at("columns").get<ReportWords>(), {}};
    for (const auto& row : json.at("rows")) {
        table.add(row.at("cells").get<ReportWords>(), row.value("runs", ReportWords()));
        table.rows.back().resize(table.columns.size());
    }
    return table;
}

ReportChart chartFrom(const ReportJson& json) {
    ReportChart chart{fileWord(json.at("name")),
                      json.at("title"),
                      json.at("x_label"),
                      json.at("y_label"),
                      json.at("log_x"),
                      json.at("log_y"),
                      {}};
    for (const auto& series : json.at("series")) {
        ReportSeries read{series.at("name"), numbersFrom(series.at("x")), numbersFrom(series.at("mean")),
                          numbersFrom(series.at("deviation")), series.value("runs", ReportWords())};
        read.mean.resize(read.x.size(), std::numeric_limits<double>::quiet_NaN());
        read.deviation.resize(read.x.size(), std::numeric_limits<double>::quiet_NaN());
        chart.series.push_back(std::move(read));
    }
    if (const auto lines = json.find("lines"); lines != json.end())
        for (const auto& line : *lines)
            if (line.at("y").is_number()) chart.lines.push_back({line.at("y"), line.at("text")});
    return chart;
}

StudyClaim claimFrom(const ReportJson& json) {
    StudyClaim claim{json.at("claim"), Verdict::CannotTell, json.at("number")};
    for (const auto verdict : {Verdict::Agrees, Verdict::Disagrees})
        if (json.at("verdict") == verdictText(verdict)) claim.verdict = verdict;
    return claim;
}

ReportJson linesJson(const std::vector<ReportLine>& lines) {
    auto json = ReportJson::array();
    for (const auto& line : lines)
        if (std::isfinite(line.y)) json.push_back({{"y", line.y}, {"text", line.text}});
    return json;
}

}  // namespace

std::string toJson(const StudyReport& report) {
    ReportJson json{{kReportKey, kReportFormat},     {"title", report.title},         {"paragraphs", report.paragraphs},
                    {"claims", ReportJson::array()}, {"tables", ReportJson::array()}, {"charts", ReportJson::array()},
                    {"notes", report.notes}};
    for (const auto& claim : report.claims)
        json["claims"].push_back(
            {{"claim", claim.claim}, {"verdict", verdictText(claim.verdict)}, {"number", claim.number}});
    for (const auto& table : report.tables) {
        auto rows = ReportJson::array();
        for (std::size_t i = 0; i < table.rows.size(); ++i) {
            ReportJson row{{"cells", table.rows[i]}};
            if (i < table.runs.size() && !table.runs[i].empty()) row["runs"] = table.runs[i];
            rows.push_back(std::move(row));
        }
        json["tables"].push_back(
            {{"name", table.name}, {"title", table.title}, {"columns", table.columns}, {"rows", rows}});
    }
    for (const auto& chart : report.charts) {
        auto list = ReportJson::array();
        for (const auto& series : chart.series)
            list.push_back({{"name", series.name},
                            {"x", numbersJson(series.x)},
                            {"mean", numbersJson(series.mean)},
                            {"deviation", numbersJson(series.deviation)},
                            {"runs", series.runs}});
        json["charts"].push_back({{"name", chart.name},
                                  {"title", chart.title},
                                  {"x_label", chart.xLabel},
                                  {"y_label", chart.yLabel},
                                  {"log_x", chart.logX},
                                  {"log_y", chart.logY},
                                  {"series", list},
                                  {"lines", linesJson(chart.lines)}});
    }
    return jsonText(json, 1) + "\n";
}

StudyReport studyReportFromJson(const std::string& text, const std::string& origin) {
    const auto damaged = [&](const std::string& why) {
        return Error(ErrorCode::FileDamaged, "'" + origin + "' is no report of a study: " + why + ".",
                     "Run the study again with the same --out; what is measured is kept.");
    };
    const auto json = ReportJson::parse(text, nullptr, /*allow_exceptions=*/false);
    if (!json.is_object()) throw damaged("it is no JSON object");
    const auto format = json.find(kReportKey);
    if (format == json.end() || !format->is_number_integer())
        throw damaged(std::string("it has no \"") + kReportKey + "\"");
    if (*format > kReportFormat)
        throw Error(ErrorCode::WrongKind,
                    "'" + origin + "' has format " + jsonText(*format) + ", this Thaw reads up to " +
                        std::to_string(kReportFormat) + ".",
                    "Open it with a newer Thaw.");
    try {
        StudyReport report;
        report.title = json.at("title");
        report.paragraphs = json.at("paragraphs").get<ReportWords>();
        for (const auto& claim : json.at("claims")) report.claims.push_back(claimFrom(claim));
        for (const auto& table : json.at("tables")) report.tables.push_back(tableFrom(table));
        for (const auto& chart : json.at("charts")) report.charts.push_back(chartFrom(chart));
        report.notes = json.at("notes").get<ReportWords>();
        return report;
    } catch (const nlohmann::json::exception& fault) {
        throw damaged(fault.what());
    } catch (const Error& fault) {
        throw damaged(fault.message());
    }
}

}  // namespace thaw

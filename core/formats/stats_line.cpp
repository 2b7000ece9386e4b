// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/stats_line.h"

#include "core/formats/measure_json.h"
#include "core/values/not_a_number.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <optional>
#include <vector>

namespace thaw {
namespace {

using LineJson = nlohmann::json;

std::optional<double> numberIn(const LineJson& line, const char* key) {
    const auto it = line.find(key);
    return it != line.end() && it->is_number() ? std::optional(it->get<double>()) : std::nullopt;
}

double numberOrNan(const LineJson& line, const char* key) { return numberIn(line, key).value_or(kNan); }

StepMetrics stepOf(const LineJson& line) {
    StepMetrics step;
    step.kimg = numberOrNan(line, "kimg");
    step.step = line.at("step").get<std::int64_t>();
    for (const auto& field : kStepFields) step.*field.value = numberIn(line, field.key);
    return step;
}

FidPoint fidOf(const LineJson& line) {
    FidPoint point;
    point.kimg = numberOrNan(line, "kimg");
    point.fid = numberOrNan(line, "fid");
    point.num = line.value("num", std::int64_t(0));
    point.features = line.value("features", "");
    point.reference = line.value("reference", "");
    point.kid = numberIn(line, "kid");
    point.precision = numberIn(line, "precision");
    point.recall = numberIn(line, "recall");
    point.best = line.value("best", false);
    if (const auto it = line.find("measure"); it != line.end())
        if (const auto measure = measureFromJson(*it)) {
            point.kind = measure->kind;
            point.referenceNum = measure->referenceImages;
            point.selection = measure->selection;
        }
    if (const auto it = line.find("bands"); it != line.end() && it->is_array())
        for (const auto& band : *it) point.bands.push_back(band.is_number() ? band.get<double>() : kNan);
    return point;
}

void takeBack(RunStats& stats, std::int64_t step, double kimg) {
    std::erase_if(stats.steps, [&](const StepMetrics& s) { return s.step > step; });
    std::erase_if(stats.events, [&](const RunEvent& e) { return e.step > step; });
    if (std::isfinite(kimg)) std::erase_if(stats.fids, [&](const FidPoint& f) { return f.kimg > kimg; });
}

// Everything that can be wrong with a line is found before anything is changed.
StatsLine add(RunStats& stats, const LineJson& line) {
    const auto event = line.value("event", std::string());
    if (event.empty()) {
        const auto step = stepOf(line);
        stats.finetune = stats.finetune || step.gLoss || step.dLoss || step.distillLoss;
        stats.steps.push_back(step);
        return StatsLine::Added;
    }
    if (event == "fid") {
        stats.fids.push_back(fidOf(line));
        return StatsLine::Added;
    }
    const auto step = line.value("step", std::int64_t(0));
    const auto text = line.value("text", event);
    const bool resumed = event == "resume";
    if (resumed) takeBack(stats, step, numberOrNan(line, "kimg"));
    const double kimg = stats.steps.empty() ? 0 : stats.steps.back().kimg;
    stats.events.push_back({step, kimg, text, event});
    return resumed ? StatsLine::TookBack : StatsLine::Added;
}

}  // namespace

StatsLine addStatsLine(RunStats& stats, const std::string& line) {
    try {
        return add(stats, LineJson::parse(line));
    } catch (const LineJson::exception&) {
        return StatsLine::Damaged;
    }
}

std::string recordedObjective(const std::string& runFolder) {
    std::ifstream file((std::filesystem::path(runFolder) / "config.json").string());
    const auto json = LineJson::parse(file, nullptr, /*allow_exceptions=*/false);
    const auto it = json.is_object() ? json.find("objective") : json.end();
    return it != json.end() && it->is_string() ? it->get<std::string>() : std::string();
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/run_cost.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

namespace thaw {

double RunCost::secondsAt(double kimg) const {
    double seconds = 0;
    for (const auto& point : way)
        if (point.kimg <= kimg + 1e-9) seconds = point.seconds;
    return seconds;
}

RunCost costOf(const std::string& runFolder) {
    using StatsJson = nlohmann::ordered_json;
    std::ifstream file(std::filesystem::path(runFolder) / "stats.jsonl");
    std::map<std::int64_t, StatsJson> steps;
    for (std::string line; std::getline(file, line);) {
        const auto json = StatsJson::parse(line, nullptr, /*allow_exceptions=*/false);
        if (json.is_object() && json.contains("calls") && json.contains("step"))
            steps[json["step"].get<std::int64_t>()] = json;
    }
    RunCost cost;
    for (const auto& [step, json] : steps) {
        cost.seconds += json.value("seconds_per_step", 0.0);
        cost.images = std::max(cost.images, json.value("kimg", 0.0) * 1000);
        cost.way.push_back({json.value("kimg", 0.0), cost.seconds});
        const auto& calls = json["calls"];
        cost.student += calls.value("student", 0.0);
        cost.teacher += calls.value("teacher", 0.0);
        cost.discriminator += calls.value("discriminator", 0.0);
        cost.features += calls.value("features", 0.0);
    }
    if (cost.images > 0)
        for (auto* calls : {&cost.student, &cost.teacher, &cost.discriminator, &cost.features}) *calls /= cost.images;
    return cost;
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/freeze_plan_file.h"

#include "core/values/error.h"

#include <nlohmann/json.hpp>

#include <fstream>

namespace thaw {

FreezePlan openFreezePlan(const std::string& text) {
    if (text.empty())
        throw Error(ErrorCode::Configuration, "The freeze plan is empty.", "Say none where nothing is to be frozen.");
    if (!text.ends_with(".json")) return parseFreezePlan(text);
    std::ifstream stream(text, std::ios::binary);
    if (!stream)
        throw Error(ErrorCode::FileMissing, "The freeze plan '" + text + "' cannot be read.", "Check the path.");
    try {
        FreezePlan plan;
        nlohmann::json::parse(stream).at("freeze").get_to(plan.patterns);
        return plan;
    } catch (const nlohmann::json::exception&) {
        throw Error(ErrorCode::FileDamaged, "'" + text + "' is not a freeze plan.",
                    R"(It should read {"freeze": ["*.conv0", "!dec.*"]}.)");
    }
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/run_origin.h"

#include "core/io/atomic_file.h"
#include "core/values/error.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <ostream>
#include <sstream>

namespace thaw {

RunOrigin readRunOrigin(const std::string& path, bool withModel) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    if (!stream || !(text << stream.rdbuf()))
        throw Error(ErrorCode::FileMissing, "The file '" + path + "' cannot be read.", "Check the path.");
    try {
        const auto json = nlohmann::json::parse(text.str());
        RunOrigin origin;
        if (withModel) origin.model = json.at("model").get<std::string>();
        origin.data = json.at("data").get<std::string>();
        if (const auto subset = json.find("data_subset"); subset != json.end()) {
            origin.options.maxImages = subset->at("images").get<std::int64_t>();
            origin.options.seed = subset->at("seed").get<std::uint64_t>();
        }
        return origin;
    } catch (const nlohmann::json::exception&) {
        throw Error(ErrorCode::FileDamaged,
                    "'" + path + "' does not name the run's " + (withModel ? "model and data." : "data."),
                    "Start a new run.");
    }
}

void writeDataOrigin(const std::string& path, const std::string& data, const DatasetOptions& options) {
    nlohmann::ordered_json json{{"data", data}};
    if (options.maxImages > 0) json["data_subset"] = {{"images", options.maxImages}, {"seed", options.seed}};
    writeFileAtomically(path, [&](std::ostream& stream) { stream << json.dump(2) << '\n'; });
}

}  // namespace thaw

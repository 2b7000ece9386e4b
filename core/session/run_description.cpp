// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/run_description.h"

#include "core/formats/config_json.h"
#include "core/formats/json_text.h"
#include "core/formats/run_record_file.h"
#include "core/io/atomic_file.h"
#include "core/session/open_files_impl.h"
#include "core/values/model_name.h"

#include <torch/torch.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <ostream>

namespace thaw {
std::string absoluteSource(const std::string& path) {
    if (isBuiltin(path) || path.empty()) return path;
    std::error_code error;
    const auto absolute = std::filesystem::absolute(path, error);
    return error ? path : absolute.lexically_normal().string();
}

RunRecord recordOf(OpenFiles& files, const ComputeDevice& compute) {
    auto& open = files.impl();
    RunRecord record;
    record.model = absoluteSource(open.modelSummary.path);
    record.modelFile = open.modelCard.file;
    record.modelSha256 = open.modelHash.whole();
    record.modelAssumed = open.modelCard.assumedClass;
    record.data = absoluteSource(open.dataSummary.path);
    record.options = open.dataOptions;
    record.dataSha256 = open.dataHash.whole();
    record.dataHash = open.dataHash.kind();
    if (record.dataHash == DataHashKind::File) record.labelsSha256 = labelsHash(open.data);
    record.environment = environmentOf(compute);
    return record;
}

void writeRunDescription(const FinetuneConfig& config, OpenFiles& files, const ComputeDevice& compute,
                         const std::string& folder) {
    auto description = nlohmann::ordered_json::parse(toJson(config));
    description["objective"] = objectiveName(config);
    description["data_images"] = files.impl().data.count();
    const auto text = withRecord(jsonText(description), recordOf(files, compute));
    writeFileAtomically((std::filesystem::path(folder) / "config.json").string(),
                        [&](std::ostream& stream) { stream << text << '\n'; });
}

}  // namespace thaw

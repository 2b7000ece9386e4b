// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/run_description.h"

#include "core/formats/config_json.h"
#include "core/io/atomic_file.h"
#include "core/io/content_hash.h"
#include "core/session/open_files_impl.h"

#include <torch/torch.h>
#include <torch/version.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <ostream>
#include <sstream>

namespace thaw {
namespace {

constexpr std::int64_t kHashedImages = 100'000;

// Shape, labels and pixels; of very large sets evenly spaced images, so that a run starts soon.
std::string dataHash(const Dataset& data) {
    ContentHash hash;
    std::ostringstream shape;
    shape << data.images.sizes();
    hash.add(shape.str());
    if (data.labels.defined()) {
        const auto labels = data.labels.contiguous();
        hash.add(labels.data_ptr(), std::size_t(labels.nbytes()));
    }
    const auto stride = std::max<std::int64_t>(1, data.count() / kHashedImages);
    for (std::int64_t i = 0; i < data.count(); i += stride) {
        const auto image = data.images[i].contiguous();
        hash.add(image.data_ptr(), std::size_t(image.nbytes()));
    }
    return hash.hex();
}

}  // namespace

void writeRunDescription(const FinetuneConfig& config, OpenFiles& files, const std::string& folder) {
    using Json = nlohmann::ordered_json;
    auto& open = files.impl();
    Json description = Json::parse(toJson(config));
    description["objective"] = objectiveName(config);
    description["model"] = open.modelSummary.path;
    description["model_file"] = open.modelCard.file;
    description["model_sha256"] = open.modelHash.whole();
    description["data"] = open.dataSummary.path;
    if (open.dataOptions.maxImages > 0)
        description["data_subset"] = {{"images", open.dataOptions.maxImages}, {"seed", open.dataOptions.seed}};
    description["data_images"] = open.data.count();
    description["data_sha256"] = dataHash(open.data);
    description["compute"] = open.compute.title();
    description["versions"] = {{"thaw", THAW_VERSION}, {"libtorch", TORCH_VERSION}};
    writeFileAtomically((std::filesystem::path(folder) / "config.json").string(),
                        [&](std::ostream& stream) { stream << description.dump(2) << '\n'; });
}

}  // namespace thaw

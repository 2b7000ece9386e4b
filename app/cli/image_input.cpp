// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/image_input.h"

#include "core/data/open_dataset.h"
#include "core/diffusion/sampler.h"
#include "core/io/npy_tensor.h"

#include <torch/torch.h>

#include <filesystem>
#include <fstream>
#include <memory>

namespace thaw::cli {
namespace {

namespace fs = std::filesystem;

bool isNpy(const std::string& path) {
    char magic[6] = {};
    std::ifstream(path, std::ios::binary).read(magic, sizeof magic);
    return std::string_view(magic, sizeof magic) == "\x93NUMPY";
}

}  // namespace

void addDataOptions(CLI::App& verb, DataChoice& choice) {
    verb.add_option("--data", choice.path, kDataHelp)->capture_default_str();
    verb.add_option("--max-images", choice.options.maxImages, "a random subset of so many images, 0 = all")
        ->check(CLI::NonNegativeNumber);
    verb.add_option("--data-seed", choice.options.seed, "seed of the subset")->capture_default_str();
    verb.add_flag("--strict-data", choice.options.strict,
                  "an image that cannot be read is an error instead of being left out");
}

nlohmann::ordered_json toJson(const DataChoice& choice) {
    nlohmann::ordered_json json{{"data", choice.path}};
    if (choice.options.maxImages > 0)
        json["data_subset"] = {{"images", choice.options.maxImages}, {"seed", choice.options.seed}};
    return json;
}

void takeOrigin(const std::string& path, DataChoice& choice, std::string* model) {
    try {
        const auto json = nlohmann::ordered_json::parse(readTextFile(path));
        if (model) *model = json.at("model").get<std::string>();
        choice.path = json.at("data").get<std::string>();
        choice.options.maxImages = 0;
        if (const auto subset = json.find("data_subset"); subset != json.end()) {
            choice.options.maxImages = subset->at("images").get<std::int64_t>();
            choice.options.seed = subset->at("seed").get<std::uint64_t>();
        }
    } catch (const nlohmann::json::exception&) {
        throw Error(ErrorCode::FileDamaged,
                    "'" + path + "' does not name the run's " + (model ? "model and data." : "data."),
                    "Start a new run.");
    }
}

Progress dataProgress(const Context& context) {
    // Made at the first sign of length: most data sets open at once.
    auto bar = std::make_shared<std::unique_ptr<ProgressBar>>();
    return [bar, &context](double share) {
        if (share > 0 && !*bar) *bar = std::make_unique<ProgressBar>(context, "data", 100, "%");
        if (*bar) (*bar)->update(share * 100);
        return !interrupted();
    };
}

void sayNotes(const Context& context, const std::vector<std::string>& notes) {
    for (const auto& note : notes) say(context, note);
}

void requireFit(const Context& context, const std::vector<FitProblem>& problems) {
    throwErrors(problems);
    for (const auto& problem : problems) say(context, problem.text + " " + problem.hint);
}

Dataset openData(const DataChoice& choice, const Context& context) {
    auto data = openDataset(choice.path, choice.options, dataProgress(context));
    sayNotes(context, data.notes);
    return data;
}

torch::Tensor readImages(const std::string& path, std::int64_t limit) {
    std::error_code error;
    if (!fs::exists(path, error)) throw Error(ErrorCode::FileMissing, "There is no '" + path + "'.", "Check the path.");
    if (fs::is_regular_file(path, error) && isNpy(path)) {
        const auto array = toTensor(readNpy(path));
        if (array.scalar_type() == torch::kFloat) {
            if (array.dim() != 4 || array.numel() == 0)
                throw Error(ErrorCode::WrongKind, "'" + path + "' holds no images.",
                            "It needs uint8 [N, H, W, C] or float32 [N, C, H, W] in -1 to 1.");
            return quantise(limit > 0 ? array.slice(0, 0, limit) : array).contiguous();
        }
    }
    DatasetOptions options;
    options.strict = true;
    options.maxImages = limit;
    options.subset = Subset::First;
    return openDataset(path, options).images;
}

}  // namespace thaw::cli

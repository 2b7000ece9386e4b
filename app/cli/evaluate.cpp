// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/generate.h"

#include "core/data/open_dataset.h"
#include "core/diffusion/noise.h"
#include "core/io/npy_tensor.h"
#include "core/io/open_model.h"
#include "core/io/png.h"
#include "core/metrics/feature_workflow.h"
#include "core/metrics/frechet_distance.h"
#include "core/metrics/kernel_distance.h"
#include "core/session_parts.h"

#include <torch/torch.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>
#include <sstream>

namespace thaw::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
    std::string model, images, data = "builtin", metrics = "fid", features = "builtin", reference, seeds, against;
    std::int64_t num = 5000;
    SamplerOptions sampler;
};

std::set<std::string> parseMetrics(const std::string& text) {
    std::set<std::string> metrics;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, ',');) {
        if (part != "fid" && part != "kid")
            throw Error(ErrorCode::Configuration, "--metrics has '" + part + "'; this version measures fid and kid.", "Use --metrics fid,kid.");
        metrics.insert(part);
    }
    if (metrics.empty()) throw Error(ErrorCode::Usage, "--metrics is empty.", "Use --metrics fid.");
    return metrics;
}

// uint8 [N, C, H, W] from a .npy or a folder of PNGs, in name order.
torch::Tensor readImages(const std::string& path) {
    if (!fs::is_directory(path)) {
        const auto x = toTensor(readNpy(path));
        if (x.dim() != 4) throw Error(ErrorCode::WrongKind, "'" + path + "' holds no images [N, C, H, W].", "Give uint8 or float32 images.");
        return x.scalar_type() == torch::kByte ? x : quantise(x.to(torch::kFloat));
    }
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(path))
        if (entry.path().extension() == ".png") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    if (files.empty()) throw Error(ErrorCode::WrongKind, "The folder '" + path + "' holds no .png files.", "Name a folder of images.");
    std::vector<torch::Tensor> images;
    for (const auto& file : files) {
        const auto image = readPng(file.string());
        images.push_back(torch::tensor(image.pixels).reshape({image.height, image.width, image.channels}).permute({2, 0, 1}));
        if (images.back().sizes() != images.front().sizes())
            throw Error(ErrorCode::WrongKind, "'" + file.string() + "' has another size than '" + files.front().string() + "'.", "Use images of one size.");
    }
    return torch::stack(images);
}

torch::Tensor modelFeatures(const std::string& path, const std::vector<std::uint64_t>& seeds, const Options& options,
                            const Context& context, FeatureClassifier classifier) {
    const auto compute = chooseCompute(context.compute.device, context.compute.precision, context.compute.threads);
    auto model = openModelFile(path);
    const auto& config = model.denoiser->config();
    if (config.imgChannels != classifier->config().imgChannels || config.imgResolution != classifier->config().imgResolution)
        throw Error(ErrorCode::Configuration, "The model makes " + std::to_string(config.imgChannels) + " channels of " +
                        std::to_string(config.imgResolution) + " pixels; the feature network takes " +
                        std::to_string(classifier->config().imgChannels) + " of " + std::to_string(classifier->config().imgResolution) + ".",
                    "Use a feature network for this size (--features).");
    std::vector<torch::Tensor> features;
    generate(model.denoiser, context, compute, options.sampler, std::int64_t(seeds.size()),
             [&](std::int64_t first, std::int64_t last) {
                 return latentsForSeeds({seeds.begin() + first, seeds.begin() + last}, config.imgChannels, config.imgResolution);
             },
             [&](const torch::Tensor& batch) { features.push_back(classifier->features(quantise(batch))); });
    return torch::cat(features);
}

FeatureMoments momentsOf(const torch::Tensor& features) {
    FeatureStatistics statistics;
    statistics.add(features);
    return statistics.moments();
}

torch::Tensor realFeatures(const Options& options, FeatureClassifier classifier) {
    const auto data = openDataset(options.data, options.data == "builtin" ? "t10k" : "train");
    return classifier->features(data.images.slice(0, 0, std::min<std::int64_t>(10000, data.count())));
}

void run(const Options& options, const Context& context) {
    const auto metrics = parseMetrics(options.metrics);
    if (options.model.empty() == options.images.empty())
        throw Error(ErrorCode::Usage, "Name either --model or --images.", "For example --model builtin.");
    auto classifier = readFeatureClassifier(options.features == "builtin" ? builtinFeatures() : options.features);
    std::vector<std::uint64_t> seeds;
    if (!options.seeds.empty()) seeds = parseSeeds(options.seeds);
    else for (std::int64_t i = 0; i < options.num; ++i) seeds.push_back(std::uint64_t(i));
    if (options.images.empty() && seeds.size() < 2)
        throw Error(ErrorCode::Configuration, "num is " + std::to_string(seeds.size()) + "; a distance needs at least 2 images.", "Use --num 5000.");
    chooseCompute(context.compute.device, context.compute.precision, context.compute.threads);

    // The reference first: a missing file is said before minutes of sampling.
    ReferenceStatistics reference;
    torch::Tensor other;
    if (!options.against.empty()) {
        other = modelFeatures(options.against, seeds, options, context, classifier);
        reference = {momentsOf(other), classifier->title(), options.against + ", " + options.sampler.name() + ", same seeds"};
    } else if (!options.reference.empty()) {
        reference = readStatistics(options.reference);
        if (!reference.features.empty() && reference.features != classifier->title())
            throw Error(ErrorCode::WrongKind, "'" + options.reference + "' was made with '" + reference.features + "', not with '" + classifier->title() + "'.",
                        "Compare like with like: make it again with 'thaw-cli statistics'.");
    } else if (options.data == "builtin" && options.features == "builtin") {
        reference = openFidReference(openDataset("builtin", "t10k")).statistics;
    } else {
        other = realFeatures(options, classifier);
        reference = {momentsOf(other), classifier->title(), options.data};
    }
    const auto features = options.images.empty() ? modelFeatures(options.model, seeds, options, context, classifier)
                                                 : classifier->features(readImages(options.images));
    if (features.size(0) <= classifier->featureCount())
        say(context, "Only " + std::to_string(features.size(0)) + " images for " + std::to_string(classifier->featureCount()) +
                         " features: the distance is biased upwards.");

    nlohmann::ordered_json result{{"num", features.size(0)}, {"features", classifier->title()}, {"reference", reference.data},
                                  {"reference_num", reference.moments.count},
                                  {"model", options.model.empty() ? options.images : options.model}};
    if (!options.model.empty()) result["sampler"] = options.sampler.name();
    std::string text;
    char number[64];
    if (metrics.count("fid")) {
        const double fid = frechetDistance(momentsOf(features), reference.moments);
        result["fid"] = fid;
        std::snprintf(number, sizeof number, "FID %.3f", fid);
        text = number;
    }
    if (metrics.count("kid")) {
        if (!other.defined()) other = realFeatures(options, classifier);
        const auto kid = kernelDistance(features, other, KernelSubsets{});
        result["kid"] = kid.mean;
        result["kid_std"] = kid.std;
        std::snprintf(number, sizeof number, "%sKID %.5f ± %.5f", text.empty() ? "" : ", ", kid.mean, kid.std);
        text += number;
    }
    report(context, result, text + " (" + std::to_string(features.size(0)) + " images, " + classifier->title() + ", against " + reference.data + ")");
}

}  // namespace

void addEvaluate(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand("evaluate", "quality of a generator");
    auto options = std::make_shared<Options>();
    verb->add_option("--model", options->model, "model file, run folder, or builtin");
    verb->add_option("--images", options->images, "folder of PNGs or .npy, instead of a model");
    verb->add_option("--data", options->data, "reference data: IDX file, folder, or builtin")->capture_default_str();
    addSamplerOptions(*verb, options->sampler);
    verb->add_option("--num", options->num, "images, seeds 0 to N-1")->check(CLI::Range(2, 10000000))->capture_default_str();
    verb->add_option("--seeds", options->seeds, "these seeds instead of --num");
    verb->add_option("--metrics", options->metrics, "fid, kid")->capture_default_str();
    verb->add_option("--features", options->features, "builtin, or a file of train-features")->capture_default_str();
    verb->add_option("--reference", options->reference, "statistics file (.npz) instead of --data");
    verb->add_option("--against", options->against, "distance between two generators on the same seeds");
    addCommonOptions(*verb, context);
    verb->callback([options, &context] { context.run = [options, &context] { run(*options, context); }; });
}

}  // namespace thaw::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/generate.h"

#include "core/diffusion/noise.h"
#include "core/io/npy_tensor.h"
#include "core/io/open_model.h"
#include "core/io/png.h"
#include "core/session_parts.h"
#include "core/values/image_grid.h"

#include <torch/torch.h>

#include <filesystem>
#include <memory>

namespace thaw::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
    std::string model, seeds, latents, out;
    SamplerOptions sampler;
    bool force = false;
};

// What is written must be new, or the person said --force; a folder must be empty.
void checkTarget(const Options& options) {
    const auto suffix = fs::path(options.out).extension();
    std::error_code error;
    if (suffix == ".png" || suffix == ".npy") {
        if (fs::exists(options.out, error) && !options.force)
            throw Error(ErrorCode::Configuration, "'" + options.out + "' exists already.", "Choose another name, or add --force.");
    } else if (fs::exists(options.out, error) && (!fs::is_directory(options.out) || !fs::is_empty(options.out))) {
        throw Error(ErrorCode::Configuration, "The folder '" + options.out + "' exists already and is not empty.", "Choose a new folder.");
    }
}

torch::Tensor readLatents(const std::string& path, const NetworkConfig& config) {
    const auto z = toTensor(readNpy(path)).to(torch::kFloat);
    if (z.dim() != 4 || z.size(1) != config.imgChannels || z.size(2) != config.imgResolution || z.size(3) != config.imgResolution)
        throw Error(ErrorCode::WrongKind, "'" + path + "' does not hold latents [N, " + std::to_string(config.imgChannels) + ", " +
                                              std::to_string(config.imgResolution) + ", " + std::to_string(config.imgResolution) + "].",
                    "Give latents of the model's size.");
    return z;
}

void write(const Options& options, const torch::Tensor& images, const std::vector<std::uint64_t>& seeds) {
    const auto suffix = fs::path(options.out).extension();
    if (suffix == ".npy") return writeNpy(options.out, toNpy(images));
    const PngText text{{"Software", "Thaw " THAW_VERSION}, {"Model", options.model}, {"Sampler", options.sampler.name()},
                       {"Seeds", options.seeds.empty() ? options.latents : options.seeds}};
    const auto pictures = toImages(images);
    if (suffix == ".png") return writePng(options.out, composeImageGrid(pictures, {0, 2, 255}), text);
    fs::create_directories(options.out);
    for (std::size_t i = 0; i < pictures.size(); ++i) {
        char name[32];
        std::snprintf(name, sizeof name, "%06llu.png", static_cast<unsigned long long>(seeds.empty() ? i : seeds[i]));
        writePng((fs::path(options.out) / name).string(), pictures[i], text);
    }
}

void run(Options options, const Context& context) {
    if (options.seeds.empty() == options.latents.empty())
        throw Error(ErrorCode::Usage, "Name either --seeds or --latents.", "For example --seeds 0-63.");
    const auto seeds = options.seeds.empty() ? std::vector<std::uint64_t>() : parseSeeds(options.seeds);
    checkTarget(options);
    const auto compute = chooseCompute(context.compute.device, context.compute.precision, context.compute.threads);
    auto model = openModelFile(options.model);
    const auto& config = model.denoiser->config();
    torch::Tensor given;
    if (!options.latents.empty()) given = readLatents(options.latents, config);
    const auto count = given.defined() ? given.size(0) : std::int64_t(seeds.size());
    const auto latents = [&](std::int64_t first, std::int64_t last) {
        if (given.defined()) return given.slice(0, first, last);
        return latentsForSeeds({seeds.begin() + first, seeds.begin() + last}, config.imgChannels, config.imgResolution);
    };
    std::vector<torch::Tensor> images;
    const double seconds = generate(model.denoiser, context, compute, options.sampler, count, latents,
                                    [&](const torch::Tensor& batch) { images.push_back(batch); });
    write(options, torch::cat(images), seeds);
    report(context,
           {{"images", count}, {"nfe", networkEvaluations(options.sampler.config)}, {"seconds", seconds},
            {"images_per_second", double(count) / std::max(seconds, 1e-9)}, {"out", options.out}},
           "Wrote " + std::to_string(count) + " images to " + options.out);
}

}  // namespace

void addSample(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand("sample", "make images");
    auto options = std::make_shared<Options>();
    verb->add_option("--model", options->model, "model file, run folder, or builtin")->required();
    verb->add_option("--seeds", options->seeds, "0-63 or 1,5,9: image k depends on its seed alone");
    verb->add_option("--latents", options->latents, ".npy of latents [N, C, R, R]");
    addSamplerOptions(*verb, options->sampler);
    verb->add_option("--out", options->out, "FILE.png (a grid), FILE.npy (float32), or a folder")->required();
    verb->add_flag("--force", options->force, "overwrite the file");
    addCommonOptions(*verb, context);
    verb->callback([options, &context] { context.run = [options, &context] { run(*options, context); }; });
}

}  // namespace thaw::cli

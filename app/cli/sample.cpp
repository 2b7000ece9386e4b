// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/generate.h"
#include "app/cli/output.h"

#include "core/diffusion/seed_sampling.h"
#include "core/io/npy_tensor.h"
#include "core/io/open_model.h"
#include "core/io/png.h"
#include "core/values/image_grid.h"

#include <torch/torch.h>

#include <filesystem>
#include <memory>

namespace thaw::cli {
namespace {

namespace fs = std::filesystem;

struct SampleOptions {
    std::string model, seeds, latents, out;
    SamplerOptions sampler;
    bool force = false;
};

torch::Tensor readLatents(const std::string& path, const NetworkConfig& config) {
    const auto z = toTensor(readNpy(path)).to(torch::kFloat);
    if (z.dim() != 4 || z.size(1) != config.imgChannels || z.size(2) != config.imgResolution ||
        z.size(3) != config.imgResolution)
        throw Error(ErrorCode::WrongKind,
                    "'" + path + "' does not hold latents [N, " + std::to_string(config.imgChannels) + ", " +
                        std::to_string(config.imgResolution) + ", " + std::to_string(config.imgResolution) + "].",
                    "Give latents of the model's size.");
    return z;
}

// Takes the batches as they come. A folder gets each image at once: memory does not grow, and what was made before an
// interruption is kept. A file is written at the end.
class Writer {
public:
    Writer(const SampleOptions& options, const std::vector<std::uint64_t>& seeds)
        : options_(options),
          seeds_(seeds),
          suffix_(fs::path(options.out).extension().string()),
          text_{{"Software", "Thaw " THAW_VERSION},
                {"Model", options.model},
                {"Sampler", options.sampler.name()},
                {"Seeds", options.seeds.empty() ? options.latents : options.seeds}} {
        if (!isFile()) fs::create_directories(options.out);
    }

    void add(const torch::Tensor& images) {
        if (isFile()) return batches_.push_back(images);
        for (const auto& picture : toImages(images)) {
            char name[32];
            std::snprintf(name, sizeof name, "%06llu.png", static_cast<unsigned long long>(seeds_[written_++]));
            writePng((fs::path(options_.out) / name).string(), picture, text_);
        }
    }

    void finish() {
        if (suffix_ == ".npy") writeNpy(options_.out, toNpy(torch::cat(batches_)));
        if (suffix_ == ".png")
            writePng(options_.out, composeImageGrid(toImages(torch::cat(batches_)), {0, 2, 255}), text_);
    }

private:
    bool isFile() const { return suffix_ == ".npy" || suffix_ == ".png"; }

    const SampleOptions& options_;
    const std::vector<std::uint64_t>& seeds_;
    std::string suffix_;
    PngText text_;
    std::vector<torch::Tensor> batches_;
    std::size_t written_ = 0;
};

void runSample(SampleOptions options, const Context& context) {
    if (options.seeds.empty() == options.latents.empty())
        throw Error(ErrorCode::Usage, "Name either --seeds or --latents.", "For example --seeds 0-63.");
    const auto seeds = options.seeds.empty() ? std::vector<std::uint64_t>() : parseSeeds(options.seeds);
    // A file may be replaced with --force; a folder must be empty.
    const auto suffix = fs::path(options.out).extension();
    if (suffix == ".png" || suffix == ".npy") requireNewFile(options.out, options.force);
    else requireNewFolder(options.out);
    options.sampler.requireSane();
    const auto compute = chooseCompute(context.compute.device, context.compute.precision, context.compute.threads);
    auto model = openModelFile(options.model);
    const auto& config = model.denoiser->config();
    torch::Tensor given;
    if (!options.latents.empty()) given = readLatents(options.latents, config);
    const auto count = given.defined() ? given.size(0) : std::int64_t(seeds.size());
    // Given latents draw their classes and churn noise from seeds 0, 1, ...
    SampleSource source{seeds, given};
    for (std::int64_t k = 0; given.defined() && k < count; ++k) source.seeds.push_back(std::uint64_t(k));
    Writer writer(options, source.seeds);
    const double seconds = generate(model.denoiser, context, compute, options.sampler, source,
                                    [&](const torch::Tensor& batch) { writer.add(batch); });
    writer.finish();
    report(context,
           {{"images", count},
            {"nfe", networkEvaluations(options.sampler.config)},
            {"seconds", seconds},
            {"images_per_second", double(count) / std::max(seconds, 1e-9)},
            {"out", options.out}},
           "Wrote " + std::to_string(count) + " images to " + options.out);
}

}  // namespace

void addSample(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand("sample", "make images");
    auto options = std::make_shared<SampleOptions>();
    verb->add_option("--model", options->model, "model file, run folder, or builtin")->required();
    verb->add_option("--seeds", options->seeds, "0-63 or 1,5,9: image k depends on its seed alone");
    verb->add_option("--latents", options->latents, ".npy of latents [N, C, R, R]");
    addSamplerOptions(*verb, options->sampler);
    verb->add_option("--out", options->out, "FILE.png (a grid), FILE.npy (float32), or a folder")->required();
    verb->add_flag("--force", options->force, "overwrite the file");
    addCommonOptions(*verb, context);
    verb->callback([options, &context] { context.run = [options, &context] { runSample(*options, context); }; });
}

}  // namespace thaw::cli

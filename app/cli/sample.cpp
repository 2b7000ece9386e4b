// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"
#include "app/cli/sampler_options.h"

#include "core/io/png.h"
#include "core/session/generation.h"
#include "core/values/image_grid.h"
#include "core/values/model_name.h"

#include <filesystem>
#include <memory>

namespace thaw::cli {
namespace {

namespace fs = std::filesystem;

struct SampleOptions {
    std::string model, precond, seeds, latents, out;
    SamplerOptions sampler;
    bool force = false;
};

// Takes the batches as they come. A folder gets each image at once: memory does not grow, and what was made before an
// interruption is kept. A file is written at the end.
class SampleWriter {
public:
    SampleWriter(const SampleOptions& options, const std::string& ending, const ModelSampling& sampling)
        : options_(options),
          suffix_(ending),
          text_{{"Software", "Thaw " THAW_VERSION},
                {"Model", options.model},
                {"Sampler", samplerTitle(sampling.sampler)},
                {"Seeds", options.seeds.empty() ? options.latents : options.seeds}} {
        if (sampling.labelDim > 0) text_["Classes"] = options.sampler.labels;
    }

    void add(const GeneratedBatch& batch) {
        if (isFile()) return batches_.push_back(batch.images);
        fs::create_directories(options_.out);
        const auto pictures = imagesOf(batch.images);
        for (std::size_t k = 0; k < pictures.size(); ++k) {
            char name[32];
            std::snprintf(name, sizeof name, "%06llu.png", static_cast<unsigned long long>(batch.seeds[k]));
            writePng((fs::path(options_.out) / name).string(), pictures[k], text_);
        }
    }

    void finish() {
        if (suffix_ == ".npy") writeNpy(options_.out, joined(batches_));
        if (suffix_ == ".png") writePng(options_.out, composeImageGrid(imagesOf(joined(batches_)), {0, 2, 255}), text_);
    }

private:
    bool isFile() const { return !suffix_.empty(); }

    const SampleOptions& options_;
    std::string suffix_;
    PngText text_;
    std::vector<NpyArray> batches_;
};

void runSample(const SampleOptions& options, const Context& context) {
    if (options.seeds.empty() == options.latents.empty())
        throw Error(ErrorCode::Usage, "Name either --seeds or --latents.", "For example --seeds 0-63.");
    const auto ending = requireOutput({options.out, {".png", ".npy"}, options.force, Output::Folder::Empty});
    GenerationRequest request;
    request.model = options.model;
    if (!options.seeds.empty()) request.seeds = parseSeeds(options.seeds);
    request.latents = options.latents;
    const auto assumed = sayOpening(context, options.model);
    const auto sampling = samplingOf(options.model, options.sampler, context);
    request.sampler = sampling.sampler;
    request.labels = options.sampler.classes();
    request.classes = options.sampler.classChoice().value_or(ClassChoice());
    request.batch = options.sampler.batch;
    request.compute = context.compute;
    SampleWriter writer(options, ending, sampling);
    const auto count = double(request.seeds.size());  // how many latents a file holds is seen when it is read
    const auto bar =
        barProgress(context, samplerTitle(request.sampler), count > 0 ? count : 100, count > 0 ? "img" : "%");
    const auto made = generateImages(
        request, [&](const GeneratedBatch& batch) { writer.add(batch); }, bar);
    writer.finish();
    nlohmann::ordered_json result{{"images", made.images},
                                  {"nfe", networkEvaluations(request.sampler)},
                                  {"sampler", samplerTitle(request.sampler)},
                                  {"labels", sampling.labels},
                                  {"seconds", made.seconds},
                                  {"images_per_second", double(made.images) / std::max(made.seconds, 1e-9)},
                                  {"out", options.out}};
    if (!assumed.empty()) result["assumed"] = assumed;
    report(context, result, "Wrote " + std::to_string(made.images) + " images to " + options.out);
}

}  // namespace

void addSample(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand("sample", "make images");
    auto options = std::make_shared<SampleOptions>();
    verb->add_option("--model", options->model, "model file, run folder, or builtin")->required();
    addPrecondOption(*verb, options->precond);
    verb->add_option("--seeds", options->seeds, "0-63 or 1,5,9: image k depends on its seed alone");
    verb->add_option("--latents", options->latents, ".npy of latents [N, C, R, R]");
    addSamplerOptions(*verb, options->sampler);
    verb->add_option("--out", options->out, "FILE.png (a grid), FILE.npy (float32), or a folder")->required();
    verb->add_flag("--force", options->force, "overwrite the file");
    addCommonOptions(*verb, context);
    verb->callback([options, &context] {
        if (!options->precond.empty()) options->model = withPrecond(options->model, options->precond);
        context.run = [options, &context] { runSample(*options, context); };
    });
}

}  // namespace thaw::cli

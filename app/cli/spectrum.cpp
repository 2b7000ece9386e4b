// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/generate.h"
#include "app/cli/image_input.h"
#include "app/cli/output.h"
#include "app/cli/spectrum_figure.h"

#include "core/diffusion/noise.h"
#include "core/io/open_model.h"
#include "core/spectral/layer_response.h"
#include "core/spectral/radial_profile.h"
#include "core/train/config_json.h"

#include <torch/torch.h>

#include <chrono>
#include <cmath>
#include <memory>

namespace thaw::cli {
namespace {

struct Options {
    std::string model, data, images, kind, blocks = "*", sigma = "80", seeds, out;
    std::optional<int> num;
    SamplerOptions sampler;
    bool force = false;
};

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point started) { return std::chrono::duration<double>(Clock::now() - started).count(); }

void requireKind(const std::string& kind) {
    if (kind == "image" || kind == "layers") return;
    const bool known = kind == "transfer" || kind == "bands";
    throw Error(ErrorCode::Usage, "--kind '" + kind + (known ? "' is not available yet in this version." : "' is unknown."),
                "Available: image, layers.");
}

// The blocks that the globs choose, in forward order: one rule for names, that of the freeze plans.
std::vector<std::string> chosenBlocks(const Denoiser& denoiser, const std::string& globs) {
    const auto plan = parseFreezePlan(globs == "all" ? "*" : globs);
    std::vector<ParameterInfo> names;
    for (const auto& block : denoiser->model->blocks())
        if (block.hasResponse) names.push_back({block.name, {}, 0});
    std::vector<ConfigProblem> problems;
    for (const auto& pattern : unmatchedPatterns(plan, names))
        problems.push_back({"blocks", "has '" + pattern + "', which matches no block of this model that makes a map"});
    std::vector<std::string> chosen;
    for (const auto& name : names)
        if (isFrozen(plan, name.name)) chosen.push_back(name.name);
    if (problems.empty() && chosen.empty()) problems.push_back({"blocks", "is '" + globs + "', which leaves no block"});
    throwProblems(problems, "the spectrum");
    return chosen;
}

std::vector<double> sigmasOf(const std::string& text) {
    const auto sigmas = parseNumbers(text, "--sigma");
    std::vector<ConfigProblem> problems;
    for (const double sigma : sigmas)
        if (!(sigma > 0) || !std::isfinite(sigma) || sigma > 1e6)
            problems.push_back({"sigma", "has " + numberText(sigma) + ", must be above 0 and at most 1e6"});
    if (sigmas.empty()) problems.push_back({"sigma", "is empty"});
    throwProblems(problems, "the spectrum");
    return sigmas;
}

void reportSpectrum(const Context& context, const Options& options, const std::vector<std::string>& blocks,
                    const std::vector<double>& sigmas, const std::vector<double>& frequencies, int images, double seconds) {
    report(context,
           {{"blocks", blocks}, {"sigmas", sigmas}, {"frequencies", frequencies}, {"images", images}, {"seconds", seconds}, {"out", options.out}},
           "Wrote " + options.out + ".");
}

void runLayers(const Options& options, const Context& context, const Compute& compute) {
    if (options.model.empty() || !options.images.empty())
        throw Error(ErrorCode::Usage, "--kind layers looks into a network.", "Name --model, and --data for noise levels below 80.");
    auto model = openModelFile(options.model);
    model.denoiser->to(compute.device);
    const auto sigmas = sigmasOf(options.sigma);
    LayerResponseRequest request;
    request.blocks = chosenBlocks(model.denoiser, options.blocks);
    request.images = options.num.value_or(16);
    if (!options.seeds.empty()) {
        // Consecutive seeds are all that a reader needs to repeat the figure.
        const auto seeds = parseSeeds(options.seeds);
        if (seeds.back() - seeds.front() + 1 != seeds.size())
            throwProblems({{"seeds", "is '" + options.seeds + "', must be one range like 0-15"}}, "the spectrum");
        request.firstSeed = seeds.front();
        request.images = int(seeds.size());
    }
    Dataset data;
    if (std::any_of(sigmas.begin(), sigmas.end(), [](double s) { return s < kPureNoiseSigma; }))
        data = openData({options.data.empty() ? "builtin" : options.data, {}}, context);

    if (data.images.defined()) {
        const auto& network = model.denoiser->config();
        requireFit(context, fitOf({network.imgChannels, network.imgResolution, 0}, shapeOf(data), DataUse::Comparison));
    }

    const auto started = Clock::now();
    LayerFigureData figure{summarise(model, options.model).title, sigmas, {}, request.firstSeed};
    {
        ProgressBar bar(context, "spectrum", double(sigmas.size()) * request.images, "img");
        for (std::size_t k = 0; k < sigmas.size(); ++k) {
            request.sigma = sigmas[k];
            const auto spectra = measureLayerSpectra(model.denoiser, data, request, [&](double share) {
                bar.update((double(k) + share) * request.images);
                return !interrupted();
            });
            figure.tables.push_back(toLayerTable(spectra, request));
        }
        bar.update(double(sigmas.size()) * request.images);
    }
    const double seconds = secondsSince(started);
    writeLayerFigure(options.out, figure);
    reportSpectrum(context, options, figure.tables.front().blocks, sigmas, figure.tables.front().frequencies, request.images, seconds);
}

void runImages(const Options& options, const Context& context, const Compute& compute) {
    if (int(!options.model.empty()) + int(!options.data.empty()) + int(!options.images.empty()) != 1)
        throw Error(ErrorCode::Usage, "--kind image needs exactly one of --model, --data and --images.", "E.g. --data builtin.");
    PowerSpectrum power;
    std::string title;
    const auto started = Clock::now();
    if (!options.model.empty()) {
        auto model = openModelFile(options.model);
        const auto seeds = parseSeeds(options.seeds.empty() ? "0-" + std::to_string(options.num.value_or(64) - 1) : options.seeds);
        title = summarise(model, options.model).title + ", " + options.sampler.name();
        options.sampler.requireSane();
        generate(model.denoiser, context, compute, options.sampler, {seeds, {}},
                 [&](const torch::Tensor& images) { power.add(images); });
    } else {
        const std::int64_t limit = options.num.value_or(1000);
        torch::Tensor images;
        if (!options.data.empty()) {
            DataChoice choice{options.data, {}};
            choice.options.maxImages = limit;
            choice.options.subset = Subset::First;
            const auto data = openData(choice, context);
            images = data.images;
            title = data.title;
        } else {
            images = readImages(options.images, limit);
            title = options.images;
        }
        for (const auto& piece : images.split(500)) power.add(piece.to(torch::kFloat) / 127.5 - 1);
    }
    ImageFigureData figure{title, power.value(), {}, 0};
    figure.profile = radialProfile(figure.spectrum);
    const auto size = std::int64_t(figure.spectrum.height) * figure.spectrum.width;
    if (size == 0) throw Error(ErrorCode::WrongKind, "There are no images to measure.", "Name some images.");
    figure.images = power.maps();
    const double seconds = secondsSince(started);
    writeImageFigure(options.out, figure);
    reportSpectrum(context, options, {}, {}, figure.profile.frequency, int(figure.images), seconds);
}

void run(const Options& options, const Context& context) {
    requireKind(options.kind);
    outputFormat(options.out, {".png", ".csv", ".npz"});
    requireNewFile(options.out, options.force);
    if (options.num && (*options.num < 1 || *options.num > 1000000))
        throwProblems({{"num", "is " + std::to_string(*options.num) + ", must be 1 to 1000000"}}, "the spectrum");
    const auto compute = chooseCompute(context.compute.device, context.compute.precision, context.compute.threads);
    options.kind == "layers" ? runLayers(options, context, compute) : runImages(options, context, compute);
}

}  // namespace

void addSpectrum(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand("spectrum", "frequency analysis of images, or of a network's blocks");
    auto options = std::make_shared<Options>();
    verb->add_option("--model", options->model, "model file, run folder, or builtin");
    verb->add_option("--data", options->data, kDataHelp);
    verb->add_option("--images", options->images, "folder or zip of PNGs, or .npy");
    verb->add_option("--kind", options->kind, "image: mean power spectrum of images; layers: power per block and frequency")->required();
    verb->add_option("--blocks", options->blocks, "comma list of globs over block names, e.g. enc.*,!enc.28x28_conv")->capture_default_str();
    verb->add_option("--sigma", options->sigma, "noise levels of the input, a comma list; below 80 real images are noised")->capture_default_str();
    verb->add_option("--num", options->num, "images (16 for layers, 64 of a model, 1000 of data)");
    verb->add_option("--seeds", options->seeds, "0-15 instead of --num");
    addSamplerOptions(*verb, options->sampler);
    verb->add_option("--out", options->out, "FIGURE.png, or the numbers as .csv or .npz")->required();
    verb->add_flag("--force", options->force, "replace the output file where it exists");
    addCommonOptions(*verb, context);
    verb->callback([options, &context] { context.run = [options, &context] { run(*options, context); }; });
}

}  // namespace thaw::cli

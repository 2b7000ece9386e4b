// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/spectrum_kinds.h"

#include "app/cli/image_input.h"
#include "app/cli/output.h"
#include "app/cli/spectrum_figure.h"
#include "app/cli/spectrum_recipe.h"
#include "app/cli/window_program.h"

#include "core/diffusion/noise.h"
#include "core/io/open_model.h"
#include "core/spectral/image_spectrum.h"
#include "core/values/config_problem.h"

#include <torch/torch.h>

#include <cmath>
#include <memory>

namespace thaw::cli {
namespace {

void requireKind(const SpectrumOptions& options) {
    const auto& kind = options.kind;
    static const std::vector<std::string> known{"image", "layers", "transfer", "bands", "swap"};
    if (std::find(known.begin(), known.end(), kind) == known.end())
        throw Error(ErrorCode::Usage, "--kind '" + kind + "' is unknown.",
                    "Available: image, layers, transfer, bands, swap.");
    if (!options.against.empty() && kind != "layers" && kind != "swap")
        throw Error(ErrorCode::Usage, "--against is not for --kind " + kind + ".",
                    "It compares with --kind layers, and names the pre-trained model with --kind swap.");
    if ((options.channels || !options.freeze.empty()) &&
        (kind != "layers" || !options.against.empty() || (options.channels && !options.freeze.empty())))
        throw Error(ErrorCode::Usage, "--channels and --freeze are for --kind layers of one model, one at a time.",
                    "Leave the other out.");
    if (kind == "image") return;
    if (options.model.empty() || !options.images.empty())
        throw Error(ErrorCode::Usage, "--kind " + kind + " looks into a network.",
                    "Name --model, and --data for noise levels below 80.");
}

// The images in pieces, as float in [-1, 1]; whitening needs those of the data.
void runImages(const SpectrumOptions& options, const Context& context, const ComputeDevice& compute) {
    if (int(!options.model.empty()) + int(!options.data.empty()) + int(!options.images.empty()) != 1 &&
        !(options.styleGan3 && !options.data.empty()))
        throw Error(ErrorCode::Usage, "--kind image needs exactly one of --model, --data and --images.",
                    "E.g. --data builtin.");
    const Stopwatch watch;
    std::string title;
    torch::Tensor images;  // uint8 or float [N, C, H, W]
    std::optional<Dataset> data;
    if (!options.data.empty()) {
        DataChoice choice{options.data, {}};
        choice.options.maxImages = options.model.empty() && options.images.empty() ? options.num.value_or(1000) : 0;
        choice.options.subset = Subset::First;
        data = openData(choice, context);
        images = data->images;
        title = data->title;
    }
    if (!options.model.empty()) {
        auto model = openModelFile(options.model);
        const auto seeds =
            parseSeeds(options.seeds.empty() ? "0-" + std::to_string(options.num.value_or(64) - 1) : options.seeds);
        title = summarise(model, options.model).title + ", " + options.sampler.name();
        options.sampler.requireSane();
        std::vector<torch::Tensor> batches;
        generate(model.denoiser, context, compute, options.sampler, {seeds, {}},
                 [&](const torch::Tensor& batch) { batches.push_back(batch.clone()); });
        images = torch::cat(batches);
    } else if (!options.images.empty()) {
        images = readImages(options.images, options.num.value_or(1000));
        title = options.images;
    }
    if (images.numel() == 0) throw Error(ErrorCode::WrongKind, "There are no images to measure.", "Name some images.");
    const auto stream = [&](const ImageRange& range) {
        const auto piece = images.slice(0, range.first, range.last);
        return piece.scalar_type() == torch::kByte ? piece.to(torch::kFloat) / 127.5 - 1 : piece;
    };
    ImageSpectrumOptions how;
    how.styleGan3 = options.styleGan3;
    if (how.styleGan3) {
        // Samples are whitened with the data's mean and deviation where data are named, else with their own.
        const auto whitening = data ? datasetWhitening(*data) : measureWhitening(stream({0, int(images.size(0))}));
        how.mean = whitening.mean;
        how.std = whitening.std;
    }
    ImageSpectrum measurement(stream, int(images.size(0)), how, title);
    while (measurement.advance())
        if (interrupted()) throw Error(ErrorCode::Interrupted, "The measurement was interrupted.");
    const auto table = measurement.value();
    const double seconds = watch.seconds();
    writeImageFigure(options.out, table);
    reportSpectrum(context, options, {}, {}, table.profile.frequency, table.spectrum.maps, seconds,
                   {{"slope", table.slope}, {"centroid", table.centroid}});
}

// PDF and SVG come from the window's drawing code, with the recipe inside and beside.
void drawOnPaper(const SpectrumOptions& options, Context& context) {
    if (!options.responses.empty())
        throw Error(ErrorCode::Usage, "--responses does not go with a figure on paper.",
                    "Ask for them with --out FIGURE.png.");
    const Stopwatch watch;
    const auto recipe = recipeOf(options);
    const auto drawn = drawFigure(context, recipe, options.out);
    if (context.status != 0) return;
    report(context,
           {{"kind", wordOf(recipe.panels.front().kind)},
            {"images", recipe.panels.front().images},
            {"seconds", watch.seconds()},
            {"width_mm", drawn.value("width_mm", 0.0)},
            {"height_mm", drawn.value("height_mm", 0.0)},
            {"out", options.out}},
           "Wrote " + options.out + ".");
}

void runSpectrum(const SpectrumOptions& options, Context& context) {
    requireKind(options);
    const auto format = outputFormat(options.out, {".png", ".csv", ".npz", ".pdf", ".svg"});
    requireNewFile(options.out, options.force);
    if (!options.responses.empty()) {
        outputFormat(options.responses, {".npz"});
        requireNewFile(options.responses, options.force);
    }
    if (options.num && (*options.num < 1 || *options.num > 1000000))
        throwProblems({{"num", "is " + std::to_string(*options.num) + ", must be 1 to 1000000"}}, "the spectrum");
    if (format == ".pdf" || format == ".svg") return drawOnPaper(options, context);
    const auto compute = chooseCompute(context.compute.device, context.compute.precision, context.compute.threads);
    if (options.kind == "image") runImages(options, context, compute);
    else if (options.kind == "transfer") runTransfer(options, context, compute);
    else if (options.kind == "swap") runSwap(options, context, compute);
    else if (!options.against.empty()) runDifference(options, context, compute);
    else runLayers(options, context, compute);
}

}  // namespace

SpectrumSubject openOther(const std::string& path, const ComputeDevice& compute) {
    auto model = openModelFile(path);
    model.denoiser->to(compute.device);
    return {model.denoiser, summarise(model, path), {}};
}

SpectrumSubject openSubject(const SpectrumOptions& options, const Context& context, const ComputeDevice& compute,
                            const std::vector<double>& sigmas) {
    auto subject = openOther(options.model, compute);
    if (std::any_of(sigmas.begin(), sigmas.end(), [](double sigma) { return sigma < kPureNoiseSigma; }))
        subject.data = openData({options.data.empty() ? "builtin" : options.data, {}}, context);
    if (subject.data.images.defined()) {
        const auto& network = subject.denoiser->config();
        requireFit(context,
                   fitOf({network.imgChannels, network.imgResolution, 0}, shapeOf(subject.data), DataUse::Comparison));
    }
    return subject;
}

std::vector<double> parseSigmas(const std::string& text) {
    auto spaced = text;
    const bool range = std::count(text.begin(), text.end(), ':') == 2;
    if (range) std::replace(spaced.begin(), spaced.end(), ':', ',');
    auto sigmas = parseNumbers(spaced, "--sigma");
    if (range) {
        const double count = sigmas.at(2);
        sigmas.pop_back();
        requireSaneProbe(sigmas, 1);
        if (!(count >= 1) || count > 1000 || count != std::floor(count))
            throwProblems(
                {{"sigma", "is '" + text + "', which asks for " + numberText(count) + " levels, must be 1 to 1000"}},
                "the spectrum");
        return logSpacedSigmas(sigmas[0], sigmas[1], int(count));
    }
    requireSaneProbe(sigmas, 1);
    return sigmas;
}

SeedRange seedRange(const SpectrumOptions& options, int images) {
    if (options.seeds.empty()) return {0, options.num.value_or(images)};
    const auto seeds = parseSeeds(options.seeds);
    if (seeds.back() - seeds.front() + 1 != seeds.size())
        throwProblems({{"seeds", "is '" + options.seeds + "', must be one range like 0-15"}}, "the spectrum");
    return {seeds.front(), int(seeds.size())};
}

void reportSpectrum(const Context& context, const SpectrumOptions& options, const std::vector<std::string>& blocks,
                    const std::vector<double>& sigmas, const std::vector<double>& frequencies, std::int64_t images,
                    double seconds, const nlohmann::ordered_json& more) {
    nlohmann::ordered_json result{
        {"blocks", blocks}, {"sigmas", sigmas}, {"frequencies", frequencies}, {"images", images}, {"seconds", seconds}};
    for (const auto& [key, value] : more.items()) result[key] = value;
    result["out"] = options.out;
    report(context, result, "Wrote " + options.out + ".");
}

void addSpectrum(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand("spectrum", "frequency analysis of images, or of a network's blocks");
    auto options = std::make_shared<SpectrumOptions>();
    verb->add_option("--model", options->model, "model file, run folder, or builtin");
    verb->add_option(
        "--against", options->against,
        "another model: layers, the difference to it in dB with its significance; swap, the pre-trained one (builtin)");
    verb->add_option("--data", options->data, kDataHelp);
    verb->add_option("--images", options->images, "folder or zip of PNGs, or .npy");
    verb->add_option("--kind", options->kind,
                     "image: mean power spectrum of images; layers: power per block, sigma and frequency; bands: "
                     "energy, centroid, slope "
                     "and bands per block and sigma; transfer: what the denoiser, or a block, does to each frequency; "
                     "swap: what the output "
                     "changes when a block gets its pre-trained weights back")
        ->required();
    verb->add_option("--blocks", options->blocks,
                     "comma list of globs over block names, e.g. enc.*,!enc.28x28_conv; what matches no block is "
                     "looked for among inner operations, e.g. *.conv0 (all blocks; transfer: the whole denoiser)");
    verb->add_flag("--operations", options->operations,
                   "layers, bands: the patterns of --blocks mean inner operations too");
    verb->add_option("--sigma", options->sigma,
                     "noise levels of the input, a comma list or LOW:HIGH:COUNT in log steps (80; bands 0.002:80:16); "
                     "below 80 real images are noised");
    verb->add_option("--num", options->num, "images (16 for networks, 64 of a model, 1000 of data)");
    verb->add_option("--seeds", options->seeds, "0-15 instead of --num");
    verb->add_flag("--channels", options->channels, "layers: every channel of one block at one noise level");
    verb->add_option("--freeze", options->freeze,
                     "layers: frozen against trainable blocks under this plan, e.g. d2o-f");
    verb->add_flag("--probe", options->probe, "transfer: the gain for each single frequency, by Fourier-basis probing");
    verb->add_flag("--stylegan3", options->styleGan3,
                   "image: StyleGAN3's spectrum, whitened (with --data beside --model, by the data), windowed, "
                   "zero-padded four times");
    verb->add_flag("--remove-mean", options->removeMean, "layers, bands: without each map's own mean");
    verb->add_flag("--hann", options->hann,
                   "layers, bands: with a Hann window, against the cross that zero padding leaves");
    verb->add_option(
        "--responses", options->responses,
        "layers, bands: also write the raw responses at the first noise level as .npz, float32 [N, C, H, W] by name");
    addSamplerOptions(*verb, options->sampler);
    verb->add_option("--out", options->out, "FIGURE.pdf, .svg or .png, or the numbers as .csv or .npz")->required();
    verb->add_flag("--force", options->force, "replace the output file where it exists");
    addCommonOptions(*verb, context);
    verb->callback([options, &context] { context.run = [options, &context] { runSpectrum(*options, context); }; });
}

}  // namespace thaw::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/spectrum_kinds.h"

#include "app/cli/data_options.h"
#include "app/cli/spectrum_recipe.h"
#include "app/cli/window_program.h"
#include "core/values/config_problem.h"
#include "core/values/model_name.h"
#include "core/values/panel_kinds.h"

#include <algorithm>
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

// Pictures come from the window's drawing code, with the recipe inside and beside.
void drawSpectrum(const SpectrumOptions& options, Context& context) {
    const Stopwatch watch;
    const auto picture = pictureOf(options, context);
    const auto drawn = drawFigure(context, picture.recipe, options.out);
    if (context.status != 0) return;
    if (!options.responses.empty()) {
        Session session(context.compute);
        openSubject(session, options, context, {picture.sigmas.front()});
        writeResponses(session, options, picture.blocks, picture.sigmas);
    }
    const auto& panel = picture.recipe.panels.front();
    reportSpectrum(context, options, picture.blocks, picture.sigmas, picture.frequencies, panel.images, watch.seconds(),
                   {{"kind", wordOf(panel.kind)},
                    {"width_mm", drawn.value("width_mm", 0.0)},
                    {"height_mm", drawn.value("height_mm", 0.0)}});
}

void writeSpectrum(const SpectrumOptions& options, const Context& context) {
    if (options.kind == "image") runImages(options, context);
    else if (options.kind == "transfer") runTransfer(options, context);
    else if (options.kind == "swap") runSwap(options, context);
    else if (!options.against.empty()) runDifference(options, context);
    else runLayers(options, context);
}

void runSpectrum(SpectrumOptions options, Context& context) {
    requireKind(options);
    if (!options.precond.empty() && !options.model.empty()) options.model = withPrecond(options.model, options.precond);
    const auto format = requireOutput({options.out, {".png", ".csv", ".npz", ".pdf", ".svg"}, options.force});
    if (!options.responses.empty())
        requireOutput({options.responses, {".npz"}, options.force, Output::Folder::No, "--responses"});
    if (options.num && (*options.num < 1 || *options.num > 1000000))
        throwProblems({{"num", "is " + std::to_string(*options.num) + ", must be 1 to 1000000"}}, "the spectrum");
    for (const auto& model : {options.model, options.against})
        if (!model.empty()) sayOpening(context, model);
    if (format == ".csv" || format == ".npz") return writeSpectrum(options, context);
    if (hasWindowProgram()) return drawSpectrum(options, context);
    options.out = numbersInstead(options.out, options.force);
    writeSpectrum(options, context);
}

}  // namespace

void addSpectrum(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand("spectrum", "frequency analysis of images, or of a network's blocks");
    auto options = std::make_shared<SpectrumOptions>();
    verb->add_option("--model", options->model, "model file, run folder, or builtin");
    addPrecondOption(*verb, options->precond);
    verb->add_option(
        "--against", options->against,
        "another model: layers, the difference to it in dB with its significance; swap, the pre-trained one (builtin)");
    verb->add_option("--data", options->data, kDataHelp);
    verb->add_option("--images", options->images,
                     "folder or zip of PNGs, or .npy: uint8, or floats [N, C, H, W], which are taken as they are");
    verb->add_option(
            "--kind", options->kind,
            "image: mean power spectrum of images (a figure shows its radial profile, the numbers have the plane "
            "too); layers: power per block, sigma and frequency; bands: energy, centroid, slope and bands per "
            "block and sigma (a figure shows the bands' shares); transfer: what the denoiser, or a block, does "
            "to each frequency; swap: what the output changes when a block gets its pre-trained weights back")
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

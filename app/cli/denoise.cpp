// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"
#include "app/cli/verbs.h"

#include "core/io/model_description.h"
#include "core/session/denoising.h"
#include "core/values/model_name.h"

#include <memory>

namespace thaw::cli {
namespace {

struct DenoiseOptions {
    DenoisingRequest request;
    std::string precond, sigma, labels;
    bool force = false;
};

void runDenoise(const DenoiseOptions& options, const Context& context) {
    requireOutput({options.request.out, {".npy"}, options.force});
    auto request = options.request;
    request.compute = context.compute;
    const auto assumed = sayOpening(context, request.model);
    request.sigmas = parseNumbers(options.sigma, "--sigma");
    if (!options.labels.empty()) request.labels = parseNumbers(options.labels, "--labels");
    else if (describeModel(request.model).config.labelDim > 0)
        say(context, "The model has classes and --labels names none: it is told zeros, an input that it never saw.");
    const auto done = denoiseImages(request);
    nlohmann::ordered_json result{{"seconds", done.seconds}, {"images", done.images}};
    if (!assumed.empty()) result["assumed"] = assumed;
    report(context, result, "Wrote " + request.out);
}

}  // namespace

void addDenoise(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand("denoise", "one call of the preconditioned network");
    auto options = std::make_shared<DenoiseOptions>();
    verb->add_option("--model", options->request.model, "model file, run folder, or builtin")->required();
    addPrecondOption(*verb, options->precond);
    verb->add_option("--input", options->request.input, ".npy of [N, C, H, W]")->required();
    verb->add_option("--sigma", options->sigma, "noise level: one, or a comma list with one per image")->required();
    verb->add_option("--labels", options->labels,
                     "class: one, or one per image; without, a conditional model is told zeros, which it never saw");
    verb->add_option("--augment-labels", options->request.augmentLabels, ".npy of [N, augment_dim]");
    verb->add_option("--batch", options->request.batch, "images a forward pass")->check(atLeast(1));
    verb->add_option("--out", options->request.out, ".npy to write, float32 [N, C, H, W]")->required();
    verb->add_flag("--force", options->force, "replace the file");
    addCommonOptions(*verb, context);
    verb->callback([options, &context] {
        auto& model = options->request.model;
        if (!options->precond.empty()) model = withPrecond(model, options->precond);
        context.run = [options, &context] { runDenoise(*options, context); };
    });
}

}  // namespace thaw::cli

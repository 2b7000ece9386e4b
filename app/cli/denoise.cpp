// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs.h"

#include "core/device/compute_device.h"
#include "core/io/npy_tensor.h"
#include "core/io/open_model.h"

#include <torch/torch.h>

#include <chrono>
#include <memory>
#include <sstream>

namespace thaw::cli {
namespace {

struct DenoiseOptions {
    std::string model, input, sigma, labels, augmentLabels, out;
    int batch = 64;
};

std::string shapeText(const torch::Tensor& x) {
    std::ostringstream text;
    text << x.sizes();
    return text.str();
}

torch::Tensor oneHot(const std::string& list, std::int64_t n, int classes) {
    if (classes == 0)
        throw Error(ErrorCode::Configuration, "--labels is '" + list + "', but this model has no classes.",
                    "Leave --labels out.");
    auto labels = torch::zeros({n, classes});
    const auto numbers = parseNumbers(list, "--labels");
    if (numbers.size() != 1 && std::int64_t(numbers.size()) != n)
        throw Error(
            ErrorCode::Configuration,
            "--labels names " + std::to_string(numbers.size()) + " classes for " + std::to_string(n) + " images.",
            "Give one, or one per image.");
    for (std::int64_t i = 0; i < n; ++i) {
        const double label = numbers[numbers.size() == 1 ? 0 : std::size_t(i)];
        if (label < 0 || label >= classes || label != std::floor(label))
            throw Error(
                ErrorCode::Configuration,
                "--labels has " + std::to_string(label) + "; the classes are 0 to " + std::to_string(classes - 1) + ".",
                "Correct --labels.");
        labels[i][std::int64_t(label)] = 1;
    }
    return labels;
}

void runDenoise(const DenoiseOptions& options, const Context& context) {
    const auto compute = chooseCompute(context.compute.device, context.compute.precision, context.compute.threads);
    auto model = openModelFile(options.model);
    const auto& config = model.denoiser->config();
    const auto x = toTensor(readNpy(options.input)).to(torch::kFloat);
    if (x.dim() != 4 || x.size(1) != config.imgChannels || x.size(2) != config.imgResolution ||
        x.size(3) != config.imgResolution)
        throw Error(ErrorCode::WrongKind,
                    "'" + options.input + "' has the shape " + shapeText(x) + "; the model takes [N, " +
                        std::to_string(config.imgChannels) + ", " + std::to_string(config.imgResolution) + ", " +
                        std::to_string(config.imgResolution) + "].",
                    "Give images of that size.");
    const auto sigmas = parseNumbers(options.sigma, "--sigma");
    if (sigmas.size() != 1 && std::int64_t(sigmas.size()) != x.size(0))
        throw Error(
            ErrorCode::Configuration,
            "--sigma has " + std::to_string(sigmas.size()) + " values for " + std::to_string(x.size(0)) + " images.",
            "Give one, or one per image.");
    for (const double s : sigmas)
        if (!(s > 0) || !std::isfinite(s))
            throw Error(ErrorCode::Configuration, "--sigma has " + std::to_string(s) + "; a noise level is above 0.",
                        "Correct --sigma.");
    auto sigma = torch::tensor(sigmas, torch::kDouble).to(torch::kFloat).expand({x.size(0)}).contiguous();
    Conditioning conditioning;
    if (!options.labels.empty()) conditioning.classLabels = oneHot(options.labels, x.size(0), config.labelDim);
    if (!options.augmentLabels.empty()) {
        conditioning.augmentLabels = toTensor(readNpy(options.augmentLabels)).to(torch::kFloat);
        if (conditioning.augmentLabels.dim() != 2 || conditioning.augmentLabels.size(0) != x.size(0) ||
            conditioning.augmentLabels.size(1) != config.augmentDim)
            throw Error(ErrorCode::WrongKind,
                        "'" + options.augmentLabels + "' has the shape " + shapeText(conditioning.augmentLabels) +
                            "; the model takes [" + std::to_string(x.size(0)) + ", " +
                            std::to_string(config.augmentDim) + "].",
                        "Give labels of that shape.");
    }
    model.denoiser->to(compute.device);
    torch::NoGradGuard guard;
    const auto started = std::chrono::steady_clock::now();
    const ForwardMode mode{context.compute.precision == Precision::BFloat16 ? torch::kBFloat16 : torch::kFloat, false};
    std::vector<torch::Tensor> pieces;
    const auto part = [&](const torch::Tensor& t, std::int64_t first, std::int64_t last) {
        return t.defined() ? t.slice(0, first, last).to(compute.device) : t;
    };
    for (std::int64_t first = 0; first < x.size(0); first += options.batch) {
        const auto last = std::min<std::int64_t>(first + options.batch, x.size(0));
        pieces.push_back(
            model.denoiser
                ->forward(part(x, first, last), part(sigma, first, last),
                          {part(conditioning.classLabels, first, last), part(conditioning.augmentLabels, first, last)},
                          mode)
                .cpu());
    }
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    writeNpy(options.out, toNpy(torch::cat(pieces)));
    report(context, {{"seconds", seconds}, {"images", x.size(0)}}, "Wrote " + options.out);
}

}  // namespace

void addDenoise(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand("denoise", "one call of the preconditioned network");
    auto options = std::make_shared<DenoiseOptions>();
    verb->add_option("--model", options->model, "model file, run folder, or builtin")->required();
    verb->add_option("--input", options->input, ".npy of [N, C, H, W]")->required();
    verb->add_option("--sigma", options->sigma, "noise level: one, or a comma list with one per image")->required();
    verb->add_option("--labels", options->labels, "class: one, or one per image");
    verb->add_option("--augment-labels", options->augmentLabels, ".npy of [N, augment_dim]");
    verb->add_option("--batch", options->batch, "images a forward pass")->check(CLI::PositiveNumber);
    verb->add_option("--out", options->out, ".npy to write, float32 [N, C, H, W]")->required();
    addCommonOptions(*verb, context);
    verb->callback([options, &context] { context.run = [options, &context] { runDenoise(*options, context); }; });
}

}  // namespace thaw::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"
#include "app/cli/verbs.h"

#include "core/io/open_model.h"
#include "core/io/tensor_reader.h"

#include <torch/torch.h>

#include <filesystem>
#include <memory>

namespace thaw::cli {
namespace {

namespace fs = std::filesystem;

struct ConvertOptions {
    std::string in, out;
    bool half = false, force = false;
};

// What was written must be what was read, or the copy is worthless. One tensor at a time: a second network in memory
// would double the peak.
void compare(const Denoiser& original, const ConvertOptions& options) {
    const auto copy = indexCheckpoint(options.out);
    TensorReader reader(copy);
    const auto check = [&](const std::string& name, const torch::Tensor& value, bool half) {
        const auto* stored = copy.find(name);
        const auto wanted = half ? value.to(torch::kHalf) : value;
        if (!stored || !torch::equal(wanted, reader.read(*stored)))
            throw Error(ErrorCode::FileDamaged, "'" + options.out + "' does not read back: '" + name + "' differs.",
                        "Check the disk.");
    };
    for (const auto& item : original->named_parameters()) check(item.key(), item.value(), options.half);
    for (const auto& item : original->named_buffers()) check(item.key(), item.value(), false);
    describeModelFile(options.out);  // and it is a model file
}

void runConvert(const ConvertOptions& options, const Context& context) {
    outputFormat(options.out, {".safetensors"});
    requireNewFile(options.out, options.force);
    auto model = openModelFile(options.in);
    auto metadata = model.metadata;
    metadata["converted_from"] = fs::path(options.in).filename().string() + " (" + metadata["format"] + ")";
    metadata.erase("format");
    writeModelFile(options.out, model.denoiser, metadata, options.half);
    compare(model.denoiser, options);

    std::int64_t parameters = 0;
    for (const auto& parameter : model.denoiser->parameters()) parameters += parameter.numel();
    const auto tensors = model.denoiser->named_parameters().size() + model.denoiser->named_buffers().size();
    nlohmann::ordered_json result{{"parameters", parameters},
                                  {"tensors", tensors},
                                  {"class", className(model.denoiser->kind())},
                                  {"format", model.metadata["format"]},
                                  {"out", options.out}};
    if (const auto assumed = model.metadata.find("assumed"); assumed != model.metadata.end()) {
        result["assumed"] = assumed->second;
        say(context, "The file does not say it, so this was assumed: " + assumed->second);
    }
    report(context, result,
           "Wrote " + options.out + ": " + className(model.denoiser->kind()) + ", " + std::to_string(parameters) +
               " parameters, and read it back identically.");
}

}  // namespace

void addConvert(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand("convert", "write any readable checkpoint as a model file");
    auto options = std::make_shared<ConvertOptions>();
    verb->add_option("in", options->in, ".pkl, .pt, .pth, .safetensors, run folder, or builtin")->required();
    verb->add_option("out", options->out, "NAME.safetensors")->required();
    verb->add_flag("--half", options->half, "store float16: half the size");
    verb->add_flag("--force", options->force, "replace the file");
    addCommonOptions(*verb, context);
    verb->callback([options, &context] { context.run = [options, &context] { runConvert(*options, context); }; });
}

}  // namespace thaw::cli

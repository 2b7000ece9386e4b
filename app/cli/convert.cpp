// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"
#include "app/cli/verbs.h"

#include "core/io/convert_model.h"
#include "core/values/model_name.h"

#include <memory>

namespace thaw::cli {
namespace {

struct ConvertOptions {
    std::string in, precond, out;
    bool half = false, force = false;
};

void runConvert(const ConvertOptions& options, const Context& context) {
    requireOutput({options.out, {".safetensors"}, options.force, Output::Folder::No, "the output"});
    sayOpening(context, options.in);
    const auto written = convertModel(options.in, options.out, options.half);
    nlohmann::ordered_json result{{"parameters", written.parameters},
                                  {"tensors", written.tensors},
                                  {"class", written.className},
                                  {"format", written.format},
                                  {"out", options.out}};
    if (!written.assumed.empty()) result["assumed"] = written.assumed;
    report(context, result,
           "Wrote " + options.out + ": " + written.className + ", " + std::to_string(written.parameters) +
               " parameters, and read it back identically.");
}

}  // namespace

void addConvert(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand("convert", "write any readable checkpoint as a model file");
    auto options = std::make_shared<ConvertOptions>();
    verb->add_option("in", options->in, ".pkl, .pt, .pth, .safetensors, .index.json of shards, run folder, or builtin")
        ->required();
    verb->add_option("out", options->out, "NAME.safetensors")->required();
    addPrecondOption(*verb, options->precond);
    verb->add_flag("--half", options->half, "store float16: half the size");
    verb->add_flag("--force", options->force, "replace the file");
    addCommonOptions(*verb, context);
    verb->callback([options, &context] {
        if (!options->precond.empty()) options->in = withPrecond(options->in, options->precond);
        context.run = [options, &context] { runConvert(*options, context); };
    });
}

}  // namespace thaw::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"
#include "app/cli/verbs.h"
#include "app/cli/window_program.h"

#include <filesystem>

namespace thaw::cli {
namespace {

struct FigureOptions {
    std::string recipe, out;
    bool force = false;
};

void runFigure(const FigureOptions& options, Context& context) {
    requireOutput({options.out, {".pdf", ".svg", ".png", ".csv", ".npz"}, options.force});
    if (!std::filesystem::exists(options.recipe))
        throw Error(ErrorCode::FileMissing, "There is no recipe '" + options.recipe + "'.",
                    "Name a .recipe.json file, or a figure that Thaw exported.");
    const auto drawn = drawFigure(context, options.recipe, options.out);
    if (context.status == 0)
        report(context,
               {{"width_mm", drawn.value("width_mm", 0.0)},
                {"height_mm", drawn.value("height_mm", 0.0)},
                {"panels", drawn.value("panels", 0)},
                {"out", options.out}},
               "Wrote " + options.out + ".");
}

}  // namespace

void addFigure(CLI::App& app, Context& context) {
    auto options = std::make_shared<FigureOptions>();
    auto* verb = app.add_subcommand("figure", "Make a figure again from its recipe: the same numbers, measured anew");
    verb->add_option("recipe", options->recipe,
                     "NAME.recipe.json, or a figure that holds its recipe (.pdf, .svg, .png, .csv, .npz)")
        ->required();
    verb->add_option("--out", options->out, "FIGURE.pdf, .svg or .png, or exactly its numbers as .csv or .npz")
        ->required();
    verb->add_flag("--force", options->force, "replace the output file where it exists");
    addCommonOptions(*verb, context);
    verb->callback([options, &context] { context.run = [options, &context] { runFigure(*options, context); }; });
}

}  // namespace thaw::cli

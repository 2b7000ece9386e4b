// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs.h"

#include "app/cli/output.h"
#include "app/cli/window_program.h"
#include "core/formats/run_stats_file.h"

#include <filesystem>
#include <memory>

namespace thaw::cli {
namespace {

struct CurvesOptions {
    std::string run, out;
    bool force = false;
};

constexpr std::size_t kManySteps = 200;  // from here on a line of every step hides where it goes

FigureRecipe recipeOf(const RunStats& stats, const std::string& runFolder) {
    PanelRecipe panel;
    panel.kind = PanelKind::Curves;
    panel.runs = {std::filesystem::absolute(runFolder).lexically_normal().string()};
    if (panel.runs.front().back() == '/') panel.runs.front().pop_back();
    panel.curve = "loss";
    panel.smoothing = stats.steps.size() < kManySteps ? 0 : 0.95;
    const bool losses = !stats.steps.empty();  // an import may hold measurements alone
    FigureRecipe recipe;
    recipe.version = THAW_VERSION;
    recipe.language = "en";
    recipe.widthMm = 120;
    recipe.columns = 1;
    if (losses) recipe.panels.push_back(panel);
    if (stats.fids.empty()) return recipe;
    panel.curve = "fid";
    panel.smoothing = 0;
    recipe.panels.push_back(panel);
    return recipe;
}

void runCurves(CurvesOptions options, Context& context) {
    auto format = requireOutput({options.out, {".png", ".pdf", ".svg", ".csv"}, options.force});
    const auto stats = readRunStats(options.run);
    if (!stats.importedFrom.empty()) say(context, "An import of " + stats.importedFrom + ".");
    for (const auto& note : stats.notes) say(context, note);
    if (format != ".csv" && !hasWindowProgram()) {
        options.out = numbersInstead(options.out, options.force);
        format = ".csv";
    }
    if (format == ".csv") writeText(options.out, toCsv(stats));
    else drawFigure(context, recipeOf(stats, options.run), options.out);
    if (context.status != 0) return;
    const bool imported = !stats.importedFrom.empty();
    report(context,
           {{"steps", imported ? nlohmann::ordered_json() : nlohmann::ordered_json(stats.steps.back().step)},
            {"kimg", stats.steps.empty() ? stats.fids.back().kimg : stats.steps.back().kimg},
            {"fid_points", stats.fids.size()},
            {"imported_from", imported ? nlohmann::ordered_json(stats.importedFrom) : nlohmann::ordered_json()},
            {"out", options.out}},
           "Wrote " + options.out + ".");
}

}  // namespace

void addCurves(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand("curves", "draw the loss and distance curves of a run folder");
    auto options = std::make_shared<CurvesOptions>();
    verb->add_option("run", options->run,
                     "run folder of pretrain or finetune, or of EDM, D2O or StyleGAN, or its log (.jsonl)")
        ->required();
    verb->add_option("--out", options->out, "FILE.png, .pdf or .svg, or the numbers as FILE.csv")->required();
    verb->add_flag("--force", options->force, "replace the output file where it exists");
    addCommonOptions(*verb, context);
    verb->callback([options, &context] { context.run = [options, &context] { runCurves(*options, context); }; });
}

}  // namespace thaw::cli

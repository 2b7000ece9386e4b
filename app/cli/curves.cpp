// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs.h"

#include "app/cli/curve_png.h"
#include "app/cli/output.h"
#include "core/formats/run_stats_file.h"
#include "core/io/png.h"

#include <cmath>
#include <filesystem>

namespace thaw::cli {
namespace {

struct CurvesOptions {
    std::string run, out;
    bool force = false;
};

constexpr Rgb kBlue{31, 119, 180}, kOrange{214, 100, 20}, kGreen{34, 139, 60};

CurveFigure figureOf(const RunStats& stats, const std::string& runFolder) {
    const auto series = [&](const char* name, Rgb colour, StepValue field) {
        CurveSeries s{name, colour, {}, {}, false};
        for (const auto& step : stats.steps) {
            s.x.push_back(step.kimg);
            s.y.push_back((step.*field).value_or(std::nan("")));
        }
        return s;
    };
    CurveFigure figure;
    auto name = std::filesystem::path(runFolder).lexically_normal();
    if (!name.has_filename()) name = name.parent_path();
    figure.title = name.filename().string() + (stats.finetune ? ": GAN fine-tuning" : ": pre-training");
    figure.xLabel = "thousand images seen";
    if (!stats.finetune) {
        figure.panels.push_back({"denoising loss", {series("loss", kBlue, &StepMetrics::loss)}, false});
        return figure;
    }
    figure.panels.push_back(
        {"loss per sample",
         {series("generator", kBlue, &StepMetrics::gLoss), series("discriminator", kOrange, &StepMetrics::dLoss)},
         false});
    if (stats.fids.empty()) return figure;
    CurveSeries fid{"FID", kGreen, {}, {}, true};
    for (const auto& point : stats.fids) {
        fid.x.push_back(point.kimg);
        fid.y.push_back(point.fid);
    }
    figure.panels.push_back({"FID, one step", {fid}, true});
    const auto& last = stats.fids.back();
    figure.caption = "FID of " + std::to_string(last.num) + " samples against " + last.reference + "; " + last.features;
    return figure;
}

void runCurves(const CurvesOptions& options, const Context& context) {
    const auto format = outputFormat(options.out, {".png", ".csv"});
    requireNewFile(options.out, options.force);
    const auto stats = readRunStats(options.run);
    if (format == ".csv") writeText(options.out, toCsv(stats));
    else
        writePng(options.out, drawCurves(figureOf(stats, options.run)),
                 {{"Software", "Thaw " THAW_VERSION}, {"run", options.run}});
    report(context,
           {{"steps", stats.steps.back().step},
            {"kimg", stats.steps.back().kimg},
            {"fid_points", stats.fids.size()},
            {"out", options.out}},
           "Wrote " + options.out + ".");
}

}  // namespace

void addCurves(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand("curves", "draw the loss and FID curves of a run folder");
    auto options = std::make_shared<CurvesOptions>();
    verb->add_option("run", options->run, "run folder of pretrain or finetune")->required();
    verb->add_option("--out", options->out, "FILE.png or FILE.csv")->required();
    verb->add_flag("--force", options->force, "replace the output file where it exists");
    addCommonOptions(*verb, context);
    verb->callback([options, &context] { context.run = [options, &context] { runCurves(*options, context); }; });
}

}  // namespace thaw::cli

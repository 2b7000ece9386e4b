// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/figure_recipe_check.h"

#include "core/values/range_check.h"

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

using Check = RangeCheck;

bool usesBlock(PanelKind kind) {
    return kind == PanelKind::Spectrum || kind == PanelKind::Sigmas || kind == PanelKind::Profile ||
           kind == PanelKind::Channels;
}

bool hasColumns(PanelKind kind) { return kind == PanelKind::Images || kind == PanelKind::Samples; }

// Real images beyond the noise that hides them: below it the network sees real images plus noise.
constexpr double kPureNoise = 80;

void checkPanel(Check& check, const PanelRecipe& panel, const std::string& at) {
    check.range(at + "sigma", panel.sigma, 1e-6, 1e6);
    for (const double sigma : panel.sigmas) check.range(at + "sigmas", sigma, 1e-6, 1e6);
    check.range(at + "images", panel.images, 1, 1'000'000);
    check.below(at + "smoothing", panel.smoothing, 0, 1);
    if (panel.range && !(panel.range->first < panel.range->second))
        check.add(at + "range", "must be two numbers, the smaller one first");
    if (usesBlock(panel.kind) && panel.block.empty()) check.add(at + "block", "is missing: this panel shows one block");
    if (hasColumns(panel.kind) && panel.columns.empty())
        check.add(at + "columns", "is empty: name what to show, e.g. {\"source\": \"a_one_step\"}");
    for (const auto& [source, steps] : panel.columns) check.range(at + "columns.steps", steps, 1, 1000);
    if (panel.kind == PanelKind::Curves) {
        if (panel.runs.empty()) check.add(at + "runs", "is empty: name run folders");
        static const std::vector<std::string> known{"fid", "loss", "logits", "gradients"};
        if (std::find(known.begin(), known.end(), panel.curve) == known.end())
            check.add(at + "curve",
                      "is \"" + panel.curve + "\", must be \"fid\" or \"loss\" or \"logits\" or \"gradients\"");
    }
    for (const auto& band : panel.surgery)
        if (!(band.low >= 0 && band.low < band.high) || !std::isfinite(band.factor))
            check.add(at + "surgery", "has an impossible band for " + band.block);
}

}  // namespace

bool needsModel(const PanelRecipe& panel) {
    if (panel.kind == PanelKind::Curves) return false;
    if (!hasColumns(panel.kind)) return true;
    return std::any_of(panel.columns.begin(), panel.columns.end(),
                       [](const auto& column) { return column.first != SampleSource::RealData; });
}

bool needsAgainst(const PanelRecipe& panel) {
    if (panel.kind == PanelKind::Curves) return false;
    if (panel.kind == PanelKind::Swap) return true;
    if (hasColumns(panel.kind))
        return std::any_of(panel.columns.begin(), panel.columns.end(),
                           [](const auto& column) { return column.first == SampleSource::TunedOneStep; });
    return panel.side != PanelSide::A;
}

bool needsData(const PanelRecipe& panel) {
    if (panel.kind == PanelKind::Curves) return false;
    if (hasColumns(panel.kind))
        return panel.styleGan3 || std::any_of(panel.columns.begin(), panel.columns.end(), [](const auto& column) {
                   return column.first == SampleSource::RealData;
               });
    if (panel.kind == PanelKind::Profile && panel.realData && panel.block == "output") return true;
    if (panel.kind == PanelKind::Sigmas)
        return panel.sigmas.empty() ||
               std::any_of(panel.sigmas.begin(), panel.sigmas.end(), [](double s) { return s < kPureNoise; });
    return panel.sigma < kPureNoise;
}

std::vector<ConfigProblem> problemsOf(const FigureRecipe& recipe) {
    std::vector<ConfigProblem> problems;
    Check check(problems);
    if (recipe.panels.empty()) check.add("panels", "is empty: a figure needs at least one");
    check.range("panels", double(recipe.panels.size()), 0, 64);
    check.range("columns", recipe.columns, 0, 8);
    check.range("width_mm", recipe.widthMm, 10, 2000);
    if (recipe.heightMm != 0) check.range("height_mm", recipe.heightMm, 10, 2000);
    check.range("font_pt", recipe.fontPt, 3, 72);
    check.range("dpi", recipe.dpi, 36, 2400);
    bool model = false, against = false, data = false;
    for (std::size_t i = 0; i < recipe.panels.size(); ++i) {
        checkPanel(check, recipe.panels[i], "panels[" + std::to_string(i) + "].");
        model |= needsModel(recipe.panels[i]);
        against |= needsAgainst(recipe.panels[i]);
        data |= needsData(recipe.panels[i]);
    }
    if ((model || against) && recipe.model.path.empty())
        check.add("model.path", "is missing: name a model file, a run folder or builtin");
    if (against && (!recipe.against || recipe.against->path.empty()))
        check.add("against.path", "is missing: a panel compares with a second model");
    if (data && recipe.data.path.empty())
        check.add("data.path", "is missing: a panel shows real images, or noises them");
    return problems;
}

}  // namespace thaw

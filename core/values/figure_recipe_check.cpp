// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/figure_recipe_check.h"

#include "core/values/panel_kinds.h"
#include "core/values/range_check.h"

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

using Check = RangeCheck;

using PanelSubject = PanelKindEntry::Subject;

// Real images beyond the noise that hides them: below it the network sees real images plus noise.
constexpr double kPureNoise = 80;

void checkPanel(Check& check, const PanelRecipe& panel, const std::string& at) {
    check.range(at + "sigma", panel.sigma, 1e-6, 1e6);
    for (const double sigma : panel.sigmas) check.range(at + "sigmas", sigma, 1e-6, 1e6);
    check.range(at + "images", panel.images, 1, 1'000'000);
    check.range(at + "classes.index", panel.classes.index, 0, 1'000'000);
    check.below(at + "smoothing", panel.smoothing, 0, 1);
    if (panel.range && !(panel.range->first < panel.range->second))
        check.add(at + "range", "must be two numbers, the smaller one first");
    const PanelKindEntry& kind = entryOf(panel.kind);
    if (kind.blocks == PanelKindEntry::Blocks::One && panel.block.empty())
        check.add(at + "block", "is missing: this panel shows one block");
    if (kind.subject == PanelSubject::Images && panel.columns.empty())
        check.add(at + "columns", "is empty: name what to show, e.g. {\"source\": \"a_one_step\"}");
    if (!panel.order.empty() && panel.order != "psnr" && panel.order != "sharpness")
        check.add(at + "order", "is \"" + panel.order + "\", must be empty, \"psnr\" or \"sharpness\"");
    check.range(at + "reference", panel.reference, -1, std::max(0, int(panel.columns.size()) - 1));
    for (const auto& [source, steps] : panel.columns) check.range(at + "columns.steps", steps, kTrainedSteps, 1000);
    if (kind.subject == PanelSubject::Runs) {
        if (panel.runs.empty()) check.add(at + "runs", "is empty: name run folders");
        static const std::vector<std::string> known{"fid", "loss", "logits", "gradients"};
        if (std::find(known.begin(), known.end(), panel.curve) == known.end())
            check.add(at + "curve",
                      "is \"" + panel.curve + "\", must be \"fid\" or \"loss\" or \"logits\" or \"gradients\"");
    }
    if (kind.subject == PanelSubject::Study && panel.runs.size() != 1)
        check.add(at + "runs", "must name one folder, that of the study");
    for (const auto& band : panel.surgery)
        if (!(band.low >= 0 && band.low < band.high) || !std::isfinite(band.factor))
            check.add(at + "surgery", "has an impossible band for " + band.block);
}

bool hasColumn(const PanelRecipe& panel, bool (*is)(SampleSource)) {
    return std::any_of(panel.columns.begin(), panel.columns.end(),
                       [is](const auto& column) { return is(column.first); });
}

}  // namespace

bool needsModel(const PanelRecipe& panel) {
    const PanelSubject subject = entryOf(panel.kind).subject;
    return subject == PanelSubject::Network ||
           (subject == PanelSubject::Images &&
            hasColumn(panel, [](SampleSource source) { return source != SampleSource::RealData; }));
}

bool needsAgainst(const PanelRecipe& panel) {
    const PanelKindEntry& kind = entryOf(panel.kind);
    if (kind.subject == PanelSubject::Network) return kind.comparesAlways || panel.side != PanelSide::A;
    return kind.subject == PanelSubject::Images &&
           hasColumn(panel, [](SampleSource source) { return source == SampleSource::TunedOneStep; });
}

bool needsData(const PanelRecipe& panel) {
    const PanelKindEntry& kind = entryOf(panel.kind);
    if (kind.subject == PanelSubject::Runs || kind.subject == PanelSubject::Study) return false;
    if (kind.subject == PanelSubject::Images)
        return panel.styleGan3 ||
               hasColumn(panel, [](SampleSource source) { return source == SampleSource::RealData; });
    if (showsRealDataBeside(panel)) return true;
    if (kind.levels == PanelKindEntry::Levels::Several)
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

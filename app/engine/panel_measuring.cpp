// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/panel_measuring.h"

#include "app/engine/panel_jobs.h"
#include "core/io/figure_sources.h"
#include "core/values/figure_recipe_check.h"

#include <algorithm>

namespace thaw {
namespace {

void requireGoOn(const Progress& progress, double share) {
    if (progress && !progress(share)) throw Error(ErrorCode::Interrupted, "Making the figure was cancelled.");
}

MeasuredValue measure(Session& session, const MeasurementJob& job, const Progress& progress) {
    const auto running = beginJob(session, job);
    for (bool more = true; more;) {
        more = running->advance(progress);
        requireGoOn(progress, running->value().share);
    }
    return running->value().value;
}

void keep(PanelData& data, PanelSide side, MeasuredValue value) {
    const auto take = [&](auto& a, auto& b, auto&& measured) { (side == PanelSide::A ? a : b) = std::move(measured); };
    if (auto* sweep = std::get_if<LayerSweepTable>(&value)) take(data.sweepA, data.sweepB, std::move(*sweep));
    else if (auto* difference = std::get_if<LayerDifferenceTable>(&value)) data.difference = std::move(*difference);
    else if (auto* transfer = std::get_if<TransferFunction>(&value))
        take(data.transferA, data.transferB, std::move(*transfer));
    else if (auto* swap = std::get_if<BlockSwapTable>(&value)) data.swap = std::move(*swap);
    else if (auto* channels = std::get_if<ChannelProfiles>(&value)) data.channels = std::move(*channels);
}

// A share of the whole for each of its parts.
Progress part(const Progress& progress, std::size_t index, std::size_t count) {
    if (!progress) return {};
    return [progress, index, count](double share) {
        return progress((double(index) + std::clamp(share, 0.0, 1.0)) / double(count));
    };
}

}  // namespace

PanelData measurePanel(Session& session, const PanelRecipe& panel, const std::optional<ModelChoice>& against,
                       const Progress& progress) {
    PanelData data;
    switch (panel.kind) {
    case PanelKind::Spectrum: {
        const auto sides = sidesOf(panel, bool(against));
        for (std::size_t i = 0; i < sides.size(); ++i)
            if (const auto request = panelSpectrum(panel, sides[i], against))
                (sides[i] == PanelSide::A ? data.spectrumA : data.spectrumB) =
                    session.layerSpectrum(*request, part(progress, i, sides.size()));
        break;
    }
    case PanelKind::Images:
        for (std::size_t i = 0; i < panel.columns.size(); ++i)
            if (const auto job = panelImages(panel, panel.columns[i].first, panel.columns[i].second, against))
                data.images.emplace_back(
                    i, std::get<ImageSpectrumTable>(measure(session, *job, part(progress, i, panel.columns.size()))));
        break;
    case PanelKind::Samples:
        for (std::size_t i = 0; i < panel.columns.size(); ++i)
            if (const auto request = panelSamples(panel, panel.columns[i].first, panel.columns[i].second, against)) {
                data.samples.push_back(session.sample(*request, part(progress, i, panel.columns.size())));
                data.samples.back().source = panel.columns[i].first;
            }
        break;
    case PanelKind::Curves:
        for (const auto& run : panel.runs) data.runs.push_back(readRunStats(run));
        break;
    case PanelKind::ImagePlane:
        throw Error(ErrorCode::WrongKind, "A panel of kind \"image_plane\" cannot be drawn yet.",
                    "Use \"images\" for radial spectra, or \"spectrum\" of `output`.");
    default: {
        const auto sides = sidesOf(panel, bool(against));
        for (std::size_t i = 0; i < sides.size(); ++i)
            if (const auto job = panelJob(panel, sides[i], against))
                keep(data, sides[i], measure(session, *job, part(progress, i, sides.size())));
        if (panel.kind == PanelKind::Profile && panel.side != PanelSide::Difference && panel.realData &&
            panel.block == "output")
            if (const auto job = panelImages(panel, SampleSource::RealData, 1, against))
                data.images.emplace_back(0, std::get<ImageSpectrumTable>(measure(session, *job, {})));
        if (panel.kind == PanelKind::Frozen) data.model = session.model();
    }
    }
    requireGoOn(progress, 1);
    return data;
}

std::vector<PanelData> measureFigure(Session& session, const FigureRecipe& recipe, const Progress& progress) {
    const auto any = [&](bool (*needs)(const PanelRecipe&)) {
        return std::any_of(recipe.panels.begin(), recipe.panels.end(), needs);
    };
    const auto goOn = [&](double) { return !progress || progress(0); };
    if (any(needsModel) || any(needsAgainst)) {
        requireUnchangedModel(recipe.model);
        session.openModel(recipe.model.path, goOn);
    }
    if (any(needsData)) {
        requireUnchangedData(recipe.data);
        session.openData(recipe.data.path, {}, goOn);
    }
    std::optional<ModelChoice> against;
    if (recipe.against && !recipe.against->path.empty()) {
        if (any(needsModel) || any(needsAgainst)) requireUnchangedModel(*recipe.against);
        against = ModelChoice{ModelChoice::Kind::File, recipe.against->path};
    }
    std::vector<PanelData> panels;
    for (std::size_t i = 0; i < recipe.panels.size(); ++i) {
        panels.push_back(measurePanel(session, recipe.panels[i], against, part(progress, i, recipe.panels.size())));
        panels.back().nameA = recipe.model.title;
        if (recipe.against) panels.back().nameB = recipe.against->title;
    }
    return panels;
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/spectrum_recipe.h"

#include "core/io/figure_sources.h"
#include "core/io/open_model.h"
#include "core/nn/responses.h"
#include "core/values/figure_recipe_check.h"

#include <filesystem>

namespace thaw::cli {
namespace {

[[noreturn]] void noFigure(const std::string& what, const std::string& hint) {
    throw Error(ErrorCode::Usage, "There is no figure on paper of " + what + ".", hint);
}

std::string absolute(const std::string& path) {
    return path.empty() || path == "builtin" ? path : std::filesystem::absolute(path).lexically_normal().string();
}

RecipeSource model(const std::string& path) {
    return modelSource(absolute(path), summarise(describeModel(path), path).title);
}
RecipeSource data(const std::string& path) {
    const auto name = path.empty() ? "builtin" : path;
    return dataSource(absolute(name),
                      name == "builtin" ? "Fashion-MNIST" : std::filesystem::path(name).filename().string());
}

PanelRecipe layers(const SpectrumOptions& options) {
    PanelRecipe panel;
    const auto network = describeModel(options.model).config;
    const bool all = options.blocks.empty() && !options.operations;
    const auto chosen = chooseResponses(network, options.blocks.empty() ? "*" : options.blocks, options.operations);
    const auto sigmas = options.sigma.empty() ? std::vector<double>{80} : parseSigmas(options.sigma);
    panel.hannWindow = options.hann;
    panel.removeMean = options.removeMean;
    if (!options.against.empty()) panel.side = PanelSide::Difference;
    if (!all) panel.responses = chosen;
    if (sigmas.size() > 1) {
        if (chosen.size() != 1 || options.channels || !options.freeze.empty())
            noFigure(std::to_string(chosen.size()) + " blocks at " + std::to_string(sigmas.size()) + " noise levels",
                     "Name one of either with --blocks or --sigma, or write .csv or .npz.");
        panel.kind = PanelKind::Sigmas;
        panel.sigmas = sigmas;
        panel.block = chosen.front();
        return panel;
    }
    panel.sigma = sigmas.front();
    if (options.channels) {
        if (chosen.size() != 1)
            throw Error(ErrorCode::Usage, "--channels shows one block, not " + std::to_string(chosen.size()) + ".",
                        "Name one with --blocks.");
        panel.kind = PanelKind::Channels;
        panel.block = chosen.front();
        panel.responses.clear();
    } else if (!options.freeze.empty()) {
        panel.kind = PanelKind::Frozen;
        panel.freeze = options.freeze;
    } else if (chosen.size() == 1) {
        panel.kind = PanelKind::Profile;
        panel.block = chosen.front();
        panel.realData = false;
    }
    return panel;
}

PanelRecipe images(const SpectrumOptions& options) {
    if (!options.images.empty()) noFigure("a folder of images", "Open it with --data, or write .png, .csv or .npz.");
    PanelRecipe panel;
    panel.kind = PanelKind::Images;
    panel.styleGan3 = options.styleGan3;
    if (!options.model.empty()) {
        const auto& sampler = options.sampler.config;
        if (sampler.kind == SamplerKind::OneStep) panel.columns.emplace_back(thaw::SampleSource::OriginalOneStep, 1);
        else if (sampler.kind == SamplerKind::Heun &&
                 options.sampler.name() == "heun, " + std::to_string(sampler.steps) + " steps")
            panel.columns.emplace_back(thaw::SampleSource::OriginalMultiStep, sampler.steps);
        else
            noFigure("the sampler " + options.sampler.name(),
                     "Use one step or Heun's sampler without churn, or write .png, .csv or .npz.");
    }
    if (!options.data.empty() && (options.model.empty() || !options.styleGan3))
        panel.columns.emplace_back(thaw::SampleSource::RealData, 1);
    if (panel.columns.empty())
        throw Error(ErrorCode::Usage, "--kind image needs --model or --data.", "E.g. --data builtin.");
    return panel;
}

}  // namespace

FigureRecipe recipeOf(const SpectrumOptions& options) {
    if (options.kind == "bands") noFigure("the energy in bands", "Write .png, .csv or .npz.");
    if (options.probe) noFigure("Fourier-basis probing", "Write .png, .csv or .npz.");
    FigureRecipe recipe;
    recipe.version = THAW_VERSION;
    recipe.language = "en";
    PanelRecipe panel;
    int usual = 16;
    if (options.kind == "image") {
        panel = images(options);
        usual = options.model.empty() ? 1000 : 64;
    } else if (options.kind == "layers") {
        panel = layers(options);
    } else {
        const auto sigmas = options.sigma.empty() ? std::vector<double>{80} : parseSigmas(options.sigma);
        if (sigmas.size() > 1)
            noFigure("several noise levels of --kind " + options.kind, "Name one --sigma, or write .csv or .npz.");
        panel.sigma = sigmas.front();
        panel.kind = options.kind == "swap" ? PanelKind::Swap : PanelKind::Transfer;
        if (panel.kind == PanelKind::Transfer) panel.block = options.blocks;
        else if (!options.blocks.empty())
            noFigure("some blocks set back", "Leave --blocks out, or write .csv or .npz.");
    }
    const auto seeds = seedRange(options, usual);
    panel.firstSeed = seeds.first;
    panel.images = seeds.count;
    recipe.panels = {panel};
    // The command line says "model minus against", and "model with against's weights"; in a figure B is what was fine-tuned.
    const bool two = !options.against.empty() || panel.kind == PanelKind::Swap;
    if (two) {
        recipe.model = model(options.against.empty() ? "builtin" : options.against);
        recipe.against = model(options.model);
    } else if (!options.model.empty()) {
        recipe.model = model(options.model);
    }
    if (needsData(panel)) recipe.data = data(options.data);
    if (const auto problems = problemsOf(recipe); !problems.empty())
        throw Error(ErrorCode::Usage,
                    "The figure is impossible: " + problems.front().field + " " + problems.front().message + ".",
                    "Correct the options.");
    return recipe;
}

}  // namespace thaw::cli

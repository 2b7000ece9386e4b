// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/spectrum_recipe.h"

#include "app/cli/data_options.h"
#include "core/io/model_description.h"
#include "core/io/npy.h"
#include "core/lab/figure_sources.h"
#include "core/values/figure_recipe_check.h"
#include "core/values/model_name.h"

#include <algorithm>
#include <filesystem>

namespace thaw::cli {
namespace {

constexpr const char* kNumbers = "Write .csv or .npz.";

[[noreturn]] void noFigure(const std::string& what, const std::string& hint) {
    throw Error(ErrorCode::Usage, "There is no figure of " + what + ".", hint);
}

std::string absolute(const std::string& path) {
    return path.empty() || isBuiltin(path) ? path : std::filesystem::absolute(path).lexically_normal().string();
}

RecipeSource sourceOfModel(const std::string& path) {
    return modelSource(absolute(path), summarise(describeModel(path), path).title);
}
RecipeSource sourceOfData(const std::string& path) {
    const auto name = path.empty() ? "builtin" : path;
    return dataSource(absolute(name),
                      name == "builtin" ? "Fashion-MNIST" : std::filesystem::path(name).filename().string());
}

// A panel for each noise level; of one block, all levels in one.
void addLayers(SpectrumPicture& picture, const SpectrumOptions& options) {
    picture.blocks = chosenResponses(options);
    const auto& chosen = picture.blocks;
    const auto& sigmas = picture.sigmas;
    PanelRecipe panel;
    panel.hannWindow = options.hann;
    panel.removeMean = options.removeMean;
    if (!options.against.empty()) panel.side = PanelSide::Difference;
    if (!options.blocks.empty() || options.operations) panel.responses = chosen;
    if (options.kind == "bands") {
        panel.kind = PanelKind::Bands;
    } else if (options.channels) {
        requireOneMap(chosen, sigmas);
        panel.kind = PanelKind::Channels;
        panel.block = chosen.front();
        panel.responses.clear();
    } else if (!options.freeze.empty()) {
        chosenPlan(options, summarise(describeModel(options.model), options.model));
        panel.kind = PanelKind::Frozen;
        panel.freeze = options.freeze;
    } else if (chosen.size() == 1) {
        panel.kind = sigmas.size() > 1 ? PanelKind::Sigmas : PanelKind::Profile;
        panel.block = chosen.front();
        panel.realData = false;
        if (panel.kind == PanelKind::Sigmas) {
            panel.sigmas = sigmas;
            picture.recipe.panels = {panel};
            return;
        }
    }
    for (const double sigma : sigmas) {
        panel.sigma = sigma;
        picture.recipe.panels.push_back(panel);
    }
}

void addTransfers(SpectrumPicture& picture, const SpectrumOptions& options) {
    picture.blocks = chosenParts(options);
    PanelRecipe panel;
    panel.kind = options.probe ? PanelKind::Probe : PanelKind::Transfer;
    for (const auto& part : picture.blocks)
        for (const double sigma : picture.sigmas) {
            panel.block = part;
            panel.sigma = sigma;
            picture.recipe.panels.push_back(panel);
        }
}

void addSwaps(SpectrumPicture& picture, const SpectrumOptions& options) {
    picture.blocks = chosenModules(options);
    PanelRecipe panel;
    panel.kind = PanelKind::Swap;
    panel.responses = picture.blocks;
    if (picture.blocks.empty())
        for (const auto& block : summarise(describeModel(options.model), options.model).blocks)
            picture.blocks.push_back(block.name);
    for (const double sigma : picture.sigmas) {
        panel.sigma = sigma;
        picture.recipe.panels.push_back(panel);
    }
}

std::pair<SampleSource, int> columnOf(const SpectrumOptions& options, const Context& context) {
    const auto trained = summarise(describeModel(options.model), options.model).sampling;
    const auto sampler = samplingOf(options.model, options.sampler, context).sampler;
    SamplerConfig plain, oneStep = oneStepSampler(trained.oneStepSigma());
    plain.steps = oneStep.steps = sampler.steps;
    oneStep.sigmaMid = sampler.sigmaMid;  // it has none
    if (sampler == oneStep) return {SampleSource::OriginalOneStep, 1};
    if (trained.isStudent() && sampler == trained.config) return {SampleSource::OriginalMultiStep, kTrainedSteps};
    if (sampler == plain && sampler.steps != trained.studentSteps)
        return {SampleSource::OriginalMultiStep, sampler.steps};
    noFigure("the sampler " + samplerTitle(sampler) + " with these settings",
             "Use one step or Heun's sampler as they are, or write .csv or .npz.");
}

void addFrequencies(SpectrumPicture& picture, int resolution) {
    for (int k = 0; k <= resolution / 2; ++k) picture.frequencies.push_back(k);
}

// Without --seeds every image of the data once at most.
void addRealImages(SpectrumPicture& picture, PanelRecipe& panel, const SpectrumOptions& options,
                   const Context& context) {
    const auto& path = options.images.empty() ? options.data : options.images;
    // A figure takes its images from a data set, and those have 8 bits.
    if (path == options.images && path.ends_with(".npy") && std::filesystem::is_regular_file(path) &&
        readNpy(path).type != NumberType::UInt8)
        noFigure("floating-point images", kNumbers);
    Session session(context.compute);
    session.files().openData(path, {}, dataProgress(context));
    sayNotes(context, session.files().data().notes);
    panel.columns.emplace_back(SampleSource::RealData, 1);
    if (panel.columns.size() == 1) {
        addFrequencies(picture, session.files().data().resolution);
        const auto seeds = seedRange(options, int(std::min<std::int64_t>(1000, session.files().data().count)));
        panel.firstSeed = seeds.first;
        panel.images = options.seeds.empty() ? int(std::min<std::int64_t>(seeds.count, session.files().data().count))
                                             : seeds.count;
    }
    picture.recipe.data = sourceOfData(path);
}

// A model, data, or both side by side.
void addImages(SpectrumPicture& picture, const SpectrumOptions& options, const Context& context) {
    if (options.model.empty() && options.data.empty() && options.images.empty()) requireImages(options);
    if (options.styleGan3 && options.data.empty())
        noFigure("images whitened by themselves", "Name the data that whiten them with --data, or write .csv or .npz.");
    if (!options.images.empty() && !(options.data.empty() && options.model.empty()))
        noFigure("a folder of images beside others", "Name --images alone, or write .csv or .npz.");
    PanelRecipe panel;
    panel.kind = PanelKind::Images;
    panel.styleGan3 = options.styleGan3;
    if (!options.model.empty()) {
        panel.columns.push_back(columnOf(options, context));
        if (!options.sampler.classChoice()) noFigure("samples of a list of classes", kNumbers);
        panel.classes = networkClasses(options);
        addFrequencies(picture, describeModel(options.model).config.imgResolution);
        const auto seeds = seedRange(options, 64);
        panel.firstSeed = seeds.first;
        panel.images = seeds.count;
        picture.recipe.model = sourceOfModel(options.model);
    }
    if (!options.model.empty() && options.styleGan3) picture.recipe.data = sourceOfData(options.data);
    else if (!options.data.empty() || !options.images.empty()) addRealImages(picture, panel, options, context);
    picture.recipe.panels = {panel};
}

// The command line says "model minus against", and "model with against's weights"; in a figure B is what was fine-tuned.
void nameNetworks(SpectrumPicture& picture, const SpectrumOptions& options) {
    auto& recipe = picture.recipe;
    const auto seeds = networkSeeds(options);
    const auto classes = networkClasses(options);
    for (auto& panel : recipe.panels) {
        panel.classes = classes;
        panel.firstSeed = seeds.first;
        panel.images = seeds.count;
    }
    if (!options.against.empty() || options.kind == "swap") {
        recipe.model = sourceOfModel(options.against.empty() ? "builtin" : options.against);
        recipe.against = sourceOfModel(options.model);
    } else {
        recipe.model = sourceOfModel(options.model);
    }
    if (std::any_of(recipe.panels.begin(), recipe.panels.end(), needsData)) recipe.data = sourceOfData(options.data);
    addFrequencies(picture, describeModel(options.model).config.imgResolution);
}

}  // namespace

SpectrumPicture pictureOf(const SpectrumOptions& options, const Context& context) {
    SpectrumPicture picture;
    auto& recipe = picture.recipe;
    recipe.version = THAW_VERSION;
    recipe.language = "en";
    if (options.kind == "image") {
        addImages(picture, options, context);
    } else {
        picture.sigmas = chosenSigmas(options);
        if (options.kind == "transfer") addTransfers(picture, options);
        else if (options.kind == "swap") addSwaps(picture, options);
        else addLayers(picture, options);
        nameNetworks(picture, options);
    }
    if (recipe.panels.size() > 1) recipe.widthMm = 171;  // both columns of a page
    if (const auto problems = problemsOf(recipe); !problems.empty())
        throw Error(ErrorCode::Usage,
                    "The figure is impossible: " + problems.front().field + " " + problems.front().message + ".",
                    "Correct the options.");
    return picture;
}

}  // namespace thaw::cli

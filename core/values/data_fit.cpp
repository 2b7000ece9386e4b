// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/data_fit.h"

#include "core/values/error.h"

#include <algorithm>

namespace thaw {
namespace {

std::string side(int pixels) { return std::to_string(pixels) + "×" + std::to_string(pixels); }

std::string colour(int channels) {
    if (channels == 1) return "grey";
    if (channels == 3) return "colour";
    return std::to_string(channels) + "-channel";
}

std::string classes(int count) { return std::to_string(count) + (count == 1 ? " class" : " classes"); }

void compareImages(const ModelShape& model, const DataShape& data, std::vector<FitProblem>& problems) {
    if (data.count < 1)
        problems.push_back({FitSeverity::Error, "The data set holds no images.", "Open another data set."});
    if (model.channels != data.channels)
        problems.push_back(
            {FitSeverity::Error,
             "The model makes " + colour(model.channels) + " images, the data set holds " + colour(data.channels) +
                 " ones.",
             "Open " + colour(model.channels) + " data, or a model of " + colour(data.channels) + " images."});
    if (model.resolution != data.resolution)
        problems.push_back(
            {FitSeverity::Error,
             "The model makes images of " + side(model.resolution) + " pixels, the data set holds " +
                 side(data.resolution) + ".",
             "Resize the images to " + side(model.resolution) + ", or open a model of " + side(data.resolution) + "."});
}

void compareLabels(const ModelShape& model, const DataShape& data, std::vector<FitProblem>& problems) {
    if (model.labelDim == 0) return;
    if (data.labelDim == 0)
        problems.push_back(
            {FitSeverity::Error,
             "The model is class-conditional (" + classes(model.labelDim) + "), the data set has no labels.",
             "Add the labels (dataset.json in a zip or folder of images), or open an unconditional model."});
    else if (data.labelVectors && data.labelDim != model.labelDim)
        problems.push_back({FitSeverity::Error,
                            "The model takes labels of " + std::to_string(model.labelDim) +
                                " numbers, the labels of the data set have " + std::to_string(data.labelDim) + ".",
                            "Open the data set the model was trained on."});
    else if (data.labelDim > model.labelDim)
        problems.push_back(
            {FitSeverity::Error,
             "The data set has " + classes(data.labelDim) + ", the model knows " + std::to_string(model.labelDim) + ".",
             "Open the data set the model was trained on, or leave out the images of the other classes."});
    else if (data.labelDim < model.labelDim)
        problems.push_back({FitSeverity::Warning,
                            "The data set has " + classes(data.labelDim) + ", the model knows " +
                                std::to_string(model.labelDim) + ": the last " +
                                std::to_string(model.labelDim - data.labelDim) + " will see no real image.",
                            "This is fine when the data set is meant to hold a part of the classes."});
}

}  // namespace

std::vector<FitProblem> fitOf(const ModelShape& model, const DataShape& data, DataUse use) {
    std::vector<FitProblem> problems;
    compareImages(model, data, problems);
    if (use == DataUse::Training) compareLabels(model, data, problems);
    return problems;
}

std::vector<FitProblem> fitOf(const ModelSummary& model, const DataSummary& data, DataUse use) {
    return fitOf(ModelShape{model.imgChannels, model.imgResolution, model.labelDim},
                 DataShape{data.count, data.channels, data.resolution, data.labelDim, data.labelVectors}, use);
}

bool hasErrors(const std::vector<FitProblem>& problems) {
    return std::any_of(problems.begin(), problems.end(),
                       [](const FitProblem& problem) { return problem.severity == FitSeverity::Error; });
}

void throwErrors(const std::vector<FitProblem>& problems) {
    std::string text, hint;
    for (const auto& problem : problems) {
        if (problem.severity != FitSeverity::Error) continue;
        text += (text.empty() ? "" : " ") + problem.text;
        hint += (hint.empty() ? "" : " ") + problem.hint;
    }
    if (!text.empty()) throw Error(ErrorCode::Configuration, text, hint);
}

}  // namespace thaw

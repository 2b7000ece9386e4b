// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/class_labels.h"

#include "core/diffusion/noise.h"
#include "core/values/error.h"

#include <torch/torch.h>

#include <sstream>

namespace thaw {

torch::Tensor listedClasses(const std::vector<double>& labels, std::int64_t count, int labelDim) {
    if (labels.empty()) return {};
    if (labelDim == 0) {
        std::ostringstream list;
        for (const double label : labels) list << (list.tellp() > 0 ? "," : "") << label;
        throw Error(ErrorCode::Configuration, "--labels is '" + list.str() + "', but this model has no classes.",
                    "Leave --labels out.");
    }
    std::vector<std::int64_t> classes;
    for (const double label : labels) {
        if (!(label >= 0 && label < labelDim) || label != double(std::int64_t(label))) {
            std::ostringstream text;
            text << "--labels has " << label << "; the classes are 0 to " << labelDim - 1 << ".";
            throw Error(ErrorCode::Configuration, text.str(), "Correct --labels.");
        }
        classes.push_back(std::int64_t(label));
    }
    if (classes.size() != 1 && std::int64_t(classes.size()) != count)
        throw Error(
            ErrorCode::Configuration,
            "--labels names " + std::to_string(classes.size()) + " classes for " + std::to_string(count) + " images.",
            "Give one class, or one per image.");
    return torch::tensor(classes, torch::kLong);
}

torch::Tensor chosenClasses(const ClassChoice& choice, const std::vector<std::uint64_t>& seeds,
                            const torch::Tensor& drawn, int labelDim) {
    switch (choice.kind) {
    case ClassChoice::Kind::Random: return drawn;
    case ClassChoice::Kind::PerSeed: {
        auto classes = torch::empty({std::int64_t(seeds.size())}, torch::kLong);
        for (std::size_t k = 0; k < seeds.size(); ++k)
            classes.data_ptr<std::int64_t>()[k] = std::int64_t(seeds[k] % std::uint64_t(labelDim));
        return classes;
    }
    case ClassChoice::Kind::One: break;
    }
    if (choice.index < 0 || choice.index >= labelDim)
        throw Error(ErrorCode::Configuration,
                    "The class " + std::to_string(choice.index) + " does not exist: the model knows " +
                        std::to_string(labelDim) + " classes.",
                    "Choose 0 to " + std::to_string(labelDim - 1) + ".");
    return torch::full({std::int64_t(seeds.size())}, choice.index, torch::kLong);
}

torch::Tensor classLabelsOf(const ClassChoice& choice, const std::vector<std::uint64_t>& seeds, int channels,
                            int resolution, int labelDim) {
    if (labelDim == 0) return {};
    SeedStreams streams(seeds);
    if (choice.kind == ClassChoice::Kind::Random) streams.latents(channels, resolution);  // they come first
    return oneHot(chosenClasses(choice, seeds, streams.classes(labelDim), labelDim), labelDim);
}

}  // namespace thaw

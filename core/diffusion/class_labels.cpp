// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/class_labels.h"

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

}  // namespace thaw

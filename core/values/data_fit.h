// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/model_summary.h"

#include <cstdint>
#include <string>
#include <vector>

namespace thaw {

enum class FitSeverity {
    Error,    ///< the two cannot be used together
    Warning,  ///< they can, but the user should know
};

/// One reason why a model and a data set do not fit together. `text` is one sentence with the offending values, `hint`
/// the next step; neither ends in a line break.
struct FitProblem {
    FitSeverity severity = FitSeverity::Error;
    std::string text;
    std::string hint;

    bool operator==(const FitProblem&) const = default;
};

/// What the rule needs to know of a model: the images it makes, and the label dimension it takes (0 = unconditional).
struct ModelShape {
    int channels = 0;
    int resolution = 0;
    int labelDim = 0;
};

/// What the rule needs to know of a data set.
struct DataShape {
    std::int64_t count = 0;
    int channels = 0;
    int resolution = 0;
    int labelDim = 0;           ///< classes, or the length of label vectors; 0 without labels
    bool labelVectors = false;  ///< labels are vectors of numbers instead of classes
};

enum class DataUse {
    Training,    ///< images and labels go into the model
    Comparison,  ///< only the images are looked at: metrics, spectra
};

/// Every reason why they do not fit, errors first; empty when all is well. A model without labels takes labelled data
/// and ignores the labels. Example: fitOf({3, 32, 10}, {60000, 1, 28, 10}) names the channels and the size.
std::vector<FitProblem> fitOf(const ModelShape& model, const DataShape& data, DataUse use = DataUse::Training);
std::vector<FitProblem> fitOf(const ModelSummary& model, const DataSummary& data, DataUse use = DataUse::Training);

/// Throws Configuration with all the errors of `problems` as its message and their hints; warnings pass.
void throwErrors(const std::vector<FitProblem>& problems);

}  // namespace thaw

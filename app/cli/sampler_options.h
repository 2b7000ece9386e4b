// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/verbs.h"

#include "core/values/sampler_config.h"

#include <string>
#include <vector>

namespace thaw::cli {

/// `--sampler` and its options, `--labels` and `--batch`, as sample, evaluate and spectrum share them.
struct SamplerOptions {
    SamplerConfig config = oneStepSampler();
    std::string labels = "random";  ///< `random`, or one class for all, or a comma list with one per image
    int batch = 64;

    /// The list; empty for random classes. Throws Usage naming what is no number.
    std::vector<double> classes() const;
};
void addSamplerOptions(CLI::App& verb, SamplerOptions& options);

}  // namespace thaw::cli

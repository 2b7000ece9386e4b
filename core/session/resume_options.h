// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/train_config.h"

#include <optional>

namespace thaw {

/// How a run goes on.
struct ResumeOptions {
    std::optional<double> kimg{};           ///< another length
    Precision precision = Precision::Auto;  ///< asked for; Auto = the run's own
    int threads = 0;                        ///< asked for; 0 = the run's own
    std::optional<int> microBatch{};        ///< another cut of the same steps; 0 = whole batches
    bool anyway = false;                    ///< with another model, other data or another precision than it began with
    std::optional<bool> tensorboard{};      ///< FinetuneConfig::tensorboard from here on
};

}  // namespace thaw

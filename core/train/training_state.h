// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/nn.h>

#include <string>
#include <vector>

namespace thaw {

/// Everything a bit-identical resume needs, as `state.safetensors` of a run folder: tensors under `PART/NAME`, the step,
/// and the configuration they belong to.
struct TrainingState {
    using Named = std::vector<std::pair<std::string, torch::Tensor>>;

    std::int64_t step = 0;
    std::string configJson;
    Named tensors;

    void add(const std::string& part, const Named& named);
    void add(const std::string& part, const torch::OrderedDict<std::string, torch::Tensor>& named);
    /// The tensors of one part under their own names.
    Named part(const std::string& part) const;
    /// Copies into tensors of the same names and shapes. Throws FileDamaged when one is missing or differs.
    void copyTo(const std::string& part, const torch::OrderedDict<std::string, torch::Tensor>& targets) const;
};

void writeTrainingState(const std::string& runFolder, const TrainingState& state);
TrainingState readTrainingState(const std::string& runFolder);

}  // namespace thaw

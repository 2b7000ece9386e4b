// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <string>
#include <string_view>
#include <vector>

namespace thaw {

/// The labels of `images` (relative names with '/') out of a dataset.json: {"labels": [[name, label], ...]} or
/// {"labels": null}. Integers give classes, int64 [N]; lists of numbers of one length give vectors, float [N, L].
/// Undefined for null. Labels of other names are passed over. `source` names the file in messages. Throws FileDamaged:
/// no JSON, an image without a label, two kinds or lengths of label.
torch::Tensor parseLabels(std::string_view json, const std::vector<std::string>& images, const std::string& source);

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <string>
#include <string_view>
#include <vector>

namespace thaw {

/// The labels of `images` (relative names with '/') out of a dataset.json: {"labels": [[name, label], ...]}, or
/// {"labels": {name: label, ...}}, or {"labels": null}. Whole numbers, 3 and 3.0 alike, give classes, int64 [N]; lists of
/// numbers of one length give vectors, float [N, L]. Undefined for null and where there is no "labels". A name is sought as
/// it stands, then as comparableName (file_names.h) writes it. Labels of other names are passed over. `source` names the
/// file in messages. Throws FileDamaged: no JSON, an image without a label, a fraction as a class, two kinds or lengths of
/// label, one name in two spellings with two labels; a vector whose numbers are too large for float.
torch::Tensor parseLabels(std::string_view json, const std::vector<std::string>& images, const std::string& source);

}  // namespace thaw

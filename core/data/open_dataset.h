// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/idx_dataset.h"

namespace thaw {

/// `builtin`, an IDX file or a folder of them; `part` is `train` or `t10k` where the source has both.
Dataset openDataset(const std::string& path, const std::string& part = "train");

}  // namespace thaw

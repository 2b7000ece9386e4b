// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

namespace thaw {

/// The same values on `device`; as they are where they lie there already. To a GPU they go through pinned memory without the
/// host waiting for them or for what the GPU still has to do. An undefined tensor stays so.
torch::Tensor uploaded(const torch::Tensor& host, torch::Device device);

}  // namespace thaw

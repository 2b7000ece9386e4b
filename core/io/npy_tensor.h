// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/npy.h"

#include <torch/types.h>

namespace thaw {

/// A copy on the CPU, of the array's shape and element type.
torch::Tensor toTensor(const NpyArray& array);

/// A copy of a float32, float64, uint8 or int64 tensor of any layout and device; float16 and bfloat16 become float32.
/// Other types throw std::invalid_argument.
NpyArray toNpy(const torch::Tensor& tensor);

}  // namespace thaw

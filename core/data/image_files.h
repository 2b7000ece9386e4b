// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <cstdint>
#include <string>

namespace thaw {

/// Images to look at: whatever openDataset takes (a folder of equal-sized PNGs in the order of their names, a `.npy` or
/// `.npz` of uint8), or a `.npy` of float32 [N, C, H, W] in about [-1, 1], which is quantised. The first `limit` of them,
/// 0 = all. An image that cannot be read is an error. uint8 [N, C, H, W]. Throws FileMissing, FileDamaged, WrongKind.
torch::Tensor readImages(const std::string& path, std::int64_t limit = 0);

}  // namespace thaw

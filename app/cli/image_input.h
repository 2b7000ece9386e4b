// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <string>

namespace thaw::cli {

/// Images from a folder of equal-sized PNGs (in the order of their names) or a `.npy`: uint8 [N, H, W], [N, H, W, C] or
/// [N, C, H, W], or float32 [N, C, H, W] in about [-1, 1], which is quantised. At most `limit` of them, 0 = all.
/// uint8 [N, C, H, W]. Throws FileMissing, FileDamaged, WrongKind.
torch::Tensor readImages(const std::string& path, std::int64_t limit = 0);

}  // namespace thaw::cli

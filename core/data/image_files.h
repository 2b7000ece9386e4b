// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <cstdint>
#include <string>

namespace thaw {

/// Images to look at: whatever openDataset takes (a folder of equal-sized PNGs in the order of their names, a `.npy` or
/// `.npz` of uint8), as uint8 [N, C, H, W]; or a `.npy` of float32 or float64, [N, C, H, W], [N, H, W, C] or [N, H, W] with 1
/// or 3 channels, in the units of networks, about [-1, 1] (float_images.h): these come as they are, of their own type, neither
/// rounded nor clipped; float16 becomes float32. The first `limit` of them, 0 = all. An image that cannot be read is an error.
/// Throws FileMissing, FileDamaged, WrongKind (no images; values that are not finite, with
/// the count of images and the first).
torch::Tensor readImages(const std::string& path, std::int64_t limit = 0);

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

namespace thaw {

/// A `.npy` of images: uint8 [N, H, W], [N, H, W, C] or [N, C, H, W], H = W, C = 1 or 3. Where both readings are possible
/// the channels come last. No labels. Throws FileMissing, FileDamaged, WrongKind.
Dataset readNpyImages(const std::string& path);

/// A `.npz` with such an array `arr_0`, `images`, `x` or `data`, and labels `arr_1`, `labels` or `y` where there are any:
/// classes as integers of any type [N] or [N, 1], or as whole floats [N], or vectors [N, L] (one-hot ones stay vectors). Other arrays are not read.
Dataset readNpzImages(const std::string& path);

}  // namespace thaw

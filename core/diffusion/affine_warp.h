// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <cstdint>

namespace thaw {

/// Maps of the plane as double [N, 3, 3], one an image, on columns (x, y, 1). Both coordinates of an image run from -1
/// to 1 between the outer edges of its outermost pixels, x to the right and y downwards. All arguments are double [N].
torch::Tensor scalingMaps(const torch::Tensor& x, const torch::Tensor& y);
torch::Tensor shiftMaps(const torch::Tensor& x, const torch::Tensor& y);
/// Turns x towards y: clockwise, as images are seen.
torch::Tensor rotationMaps(const torch::Tensor& angle);

/// The identity of that size, double [n, size, size].
torch::Tensor identityMatrices(std::int64_t n, std::int64_t size);

/// images [N, C, R, R] -> images of the same type and device whose pixel at (x, y) is the image at maps·(x, y, 1); so a
/// change of the images is given by its inverse. The gradient flows through. Sampled bilinearly, and beyond its border
/// an image goes on as its own mirror image, the outermost pixel twice. (The published programs of StyleGAN2-ADA and
/// EDM filter with wavelets at twice the resolution instead.)
torch::Tensor warped(const torch::Tensor& images, const torch::Tensor& maps);

}  // namespace thaw

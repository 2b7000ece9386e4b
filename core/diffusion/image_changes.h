// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <cstdint>

namespace thaw {

/// Numbers of an augmentation label: `augment_dim` of the networks that were trained with it.
inline constexpr int kAugmentDim = 9;

/// EDM's augmentation (Karras et al. 2022), which a denoiser is told in a label so that it does not leak into samples:
/// what happens to each image of a batch, double [N] each on the CPU, 0 for nothing. In this order:
struct ImageChanges {
    torch::Tensor xflip;        ///< 1: mirrored, left and right exchanged
    torch::Tensor yflip;        ///< 1: mirrored, top and bottom exchanged
    torch::Tensor scale;        ///< w: 2^(0.2 w) times as large
    torch::Tensor angle;        ///< theta: turned clockwise, radians
    torch::Tensor stretch;      ///< w: 2^(0.2 w) times as long along one direction, 2^(-0.2 w) times across it
    torch::Tensor direction;    ///< r: that direction, clockwise from the x axis, radians
    torch::Tensor right, down;  ///< shifts in eighths of the image's size

    ImageChanges slice(std::int64_t first, std::int64_t last) const {
        const auto part = [&](const torch::Tensor& all) { return all.slice(0, first, last); };
        return {part(xflip),   part(yflip),     part(scale), part(angle),
                part(stretch), part(direction), part(right), part(down)};
    }
};

/// Draws them: the mirror in x for half of the images where `mirror`, and each other change with probability p, for a
/// mirror in y with half of it, since half of what may be mirrored is. w and shifts ~ N(0, 1), angles ~ U(-pi, pi), r =
/// 0 for half of the images; both axes of a shift share a toss. All numbers of a batch are drawn ahead, whatever
/// happens.
ImageChanges drawChanges(double p, bool mirror, std::int64_t n, torch::Generator generator);

/// float [N, 9]: xflip, yflip, scale, cos(angle) - 1, sin(angle), stretch·cos(direction), stretch·sin(direction),
/// right, down. All zero exactly where nothing happens.
torch::Tensor augmentLabels(const ImageChanges& changes);

/// images [N, C, R, R] -> changed images; see `warped` for how they are sampled.
torch::Tensor changedImages(const torch::Tensor& images, const ImageChanges& changes);

}  // namespace thaw

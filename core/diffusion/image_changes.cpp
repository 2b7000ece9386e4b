// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/image_changes.h"

#include "core/diffusion/affine_warp.h"
#include "core/diffusion/change_dice.h"

#include <torch/torch.h>

#include <numbers>
#include <utility>

namespace thaw {
namespace {

constexpr double kOctavesOfScale = 0.2;  // by which a w of 1 scales and stretches
constexpr double kUnitOfShift = 0.125;   // in sizes of the image

}  // namespace

ImageChanges drawChanges(double p, bool mirror, std::int64_t n, torch::Generator generator) {
    ChangeDice dice(n, std::move(generator));
    const auto one = torch::ones({n}, torch::kDouble);
    const auto angle = [&] { return (dice.uniform() * 2 - 1) * std::numbers::pi; };
    ImageChanges c;
    c.xflip = dice.maybe(mirror ? 0.5 : 0.0, one, 0);
    c.yflip = dice.maybe(p / 2, one, 0);
    c.scale = dice.maybe(p, dice.normal(1), 0);
    c.angle = dice.maybe(p, angle(), 0);
    c.stretch = dice.maybe(p, dice.normal(1), 0);
    c.direction = dice.maybe(0.5, angle(), 0);
    const auto moved = dice.maybe(p, one, 0);
    c.right = moved * dice.normal(1);
    c.down = moved * dice.normal(1);
    return c;
}

torch::Tensor augmentLabels(const ImageChanges& c) {
    return torch::stack({c.xflip, c.yflip, c.scale, c.angle.cos() - 1, c.angle.sin(), c.stretch * c.direction.cos(),
                         c.stretch * c.direction.sin(), c.right, c.down},
                        1)
        .to(torch::kFloat);
}

torch::Tensor changedImages(const torch::Tensor& images, const ImageChanges& c) {
    // From the changed image back to the one it was: the inverse of each change, the last of them first to act.
    const auto smaller = torch::exp2(-kOctavesOfScale * c.scale);
    const auto shorter = torch::exp2(-kOctavesOfScale * c.stretch);
    const double span = 2;  // of the coordinates of an image
    auto m = scalingMaps(1 - 2 * c.xflip, 1 - 2 * c.yflip);
    m = torch::matmul(m, scalingMaps(smaller, smaller));
    m = torch::matmul(m, rotationMaps(-c.angle));
    m = torch::matmul(m, rotationMaps(c.direction));
    m = torch::matmul(m, scalingMaps(shorter, 1 / shorter));
    m = torch::matmul(m, rotationMaps(-c.direction));
    m = torch::matmul(m, shiftMaps(-kUnitOfShift * span * c.right, -kUnitOfShift * span * c.down));
    return warped(images, m);
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gan/augment.h"

#include "core/diffusion/affine_warp.h"
#include "core/diffusion/change_dice.h"
#include "core/diffusion/noise.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace thaw {
namespace {

// Output -> input, so every matrix is the inverse of the change it stands for; all are symmetric in distribution.
torch::Tensor drawGeometry(double p, std::int64_t n, std::int64_t resolution, ChangeDice& dice) {
    constexpr double pi = std::numbers::pi;
    const double pixel = 2.0 / double(resolution), turn = 1 - std::sqrt(1 - p);
    const auto one = torch::ones({n}, torch::kDouble);
    // A mirror happens with p/2: half of the images that may be mirrored are.
    auto m = scalingMaps(dice.maybe(p / 2, -one, 1), one);
    m = torch::matmul(m, rotationMaps(dice.maybe(p, (dice.uniform() * 4).floor() * (pi / 2), 0)));
    const auto whole = [&] {
        return dice.maybe(p, ((dice.uniform() * 2 - 1) * 0.125 * double(resolution)).round() * pixel, 0);
    };
    m = torch::matmul(m, shiftMaps(whole(), whole()));
    const auto scale = dice.maybe(p, torch::exp2(dice.normal(0.2)), 1);
    m = torch::matmul(m, scalingMaps(scale, scale));
    m = torch::matmul(m, rotationMaps(dice.maybe(turn, (dice.uniform() * 2 - 1) * pi, 0)));
    const auto stretch = dice.maybe(p, torch::exp2(dice.normal(0.2)), 1);
    m = torch::matmul(m, scalingMaps(stretch, 1 / stretch));
    m = torch::matmul(m, rotationMaps(dice.maybe(turn, (dice.uniform() * 2 - 1) * pi, 0)));
    const auto part = [&] { return dice.maybe(p, dice.normal(0.125) * 2, 0); };
    return torch::matmul(m, shiftMaps(part(), part()));
}

torch::Tensor drawColour(double p, std::int64_t n, std::int64_t channels, ChangeDice& dice) {
    constexpr double pi = std::numbers::pi;
    const auto each = [](const torch::Tensor& perImage) { return perImage.reshape({-1, 1, 1}); };
    auto linear = identityMatrices(n, channels);
    auto offset = each(dice.maybe(p, dice.normal(0.2), 0)).expand({n, channels, 1});
    const auto apply = [&](const torch::Tensor& matrix) {
        linear = torch::matmul(matrix, linear);
        offset = torch::matmul(matrix, offset);
    };
    apply(each(dice.maybe(p, torch::exp2(dice.normal(0.5)), 1)) * identityMatrices(n, channels));
    // Along the axis of luma: grey images are nothing but luma.
    const auto luma = torch::full({channels, channels}, 1.0 / double(channels), torch::kDouble);
    const auto flip = dice.maybe(p / 2, torch::ones({n}, torch::kDouble), 0);
    apply(identityMatrices(n, channels) - 2 * each(flip) * luma);
    if (channels == 3) {
        const auto angle = dice.maybe(p, (dice.uniform() * 2 - 1) * pi, 0);
        const double a = 1 / std::sqrt(3.0);
        const auto cross = torch::tensor({{0.0, -a, a}, {a, 0.0, -a}, {-a, a, 0.0}}, torch::kDouble);
        const auto unit = torch::eye(3, torch::kDouble);
        apply(luma + each(angle.cos()) * (unit - luma) + each(angle.sin()) * cross);  // Rodrigues' rotation
        apply(luma + each(dice.maybe(p, torch::exp2(dice.normal(1)), 1)) * (unit - luma));
    }
    return torch::cat({linear, offset}, 2);
}

}  // namespace

Augmentation drawAugmentation(double p, std::int64_t n, std::int64_t channels, std::int64_t resolution,
                              torch::Generator generator) {
    if (p <= 0) return {};
    ChangeDice dice(n, std::move(generator));
    auto geometry = drawGeometry(p, n, resolution, dice);
    return {std::move(geometry), drawColour(p, n, channels, dice)};
}

torch::Tensor augmented(const torch::Tensor& images, const Augmentation& augmentation) {
    if (!augmentation.geometry.defined()) return images;
    const auto moved = warped(images, augmentation.geometry);
    const auto colour = uploaded(augmentation.colour, images.device()).to(images.options());
    const auto channels = images.size(1);
    const auto mixed = torch::matmul(colour.slice(2, 0, channels), moved.flatten(2)) + colour.slice(2, channels);
    return mixed.reshape(images.sizes());
}

void AugmentControl::observe(const torch::Tensor& realSign) {
    constexpr int kInterval = 4;
    constexpr double kImages = 500'000;
    signs_ = signs_.defined() ? signs_ + realSign : realSign.to(torch::kDouble);
    if (++steps_ < kInterval) return;
    if (config_.target > 0) {
        const double mean = signs_.item<double>() / steps_, excess = mean - config_.target;
        p_ = std::clamp(p_ + double((excess > 0) - (excess < 0)) * batch_ * kInterval / kImages, 0.0, 1.0);
    }
    signs_ = torch::Tensor();
    steps_ = 0;
}

torch::Tensor AugmentControl::state() const {
    return torch::tensor({p_, signs_.defined() ? signs_.item<double>() : 0.0, double(steps_)}, torch::kDouble);
}

void AugmentControl::load(const torch::Tensor& state) {
    const auto values = state.to(torch::kCPU, torch::kDouble);
    p_ = values[0].item<double>();
    steps_ = int(values[2].item<double>());
    signs_ = steps_ > 0 ? values[1].clone() : torch::Tensor();
}

}  // namespace thaw

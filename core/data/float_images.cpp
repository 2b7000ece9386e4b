// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/float_images.h"

#include "core/data/finite_rows.h"
#include "core/values/error.h"
#include "core/values/number_text.h"

#include <torch/torch.h>

namespace thaw {
namespace {

// Of an untrained network's samples 5 % lie beyond ±1.25, and none beyond ±3.
constexpr double kOvershoot = 1.25, kOvershootShare = 0.1, kFarBeyond = 4;

Error outside(const FaultyRows& faults, const torch::Tensor& images, const std::string& path) {
    const auto range =
        "from " + shortNumber(images.min().item<double>(), 4) + " to " + shortNumber(images.max().item<double>(), 4);
    return Error(ErrorCode::WrongKind,
                 "'" + path + "' holds floats " + range + "; images of floats lie between -1 and 1. Outside are " +
                     faults.text() + ".",
                 "Save them as uint8, or scale them: x / 127.5 - 1 of 0..255, 2 x - 1 of 0..1.");
}

}  // namespace

void requireImageUnits(const torch::Tensor& images, const std::string& path) {
    if (images.numel() == 0) return;
    const auto size = images.abs().flatten(1);
    const auto far = (size > kFarBeyond).any(1);
    const auto many = (size > kOvershoot).to(torch::kFloat).mean(1) > kOvershootShare;
    if (const auto faults = faultyRows(far.logical_or(many))) throw outside(faults, images, path);
    if (images.min().item<double>() >= 0 && images.max().item<double>() > 0 && images.size(0) > 1)
        throw outside(faultyRows(torch::ones({images.size(0)}, torch::kBool)), images, path);
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/train_config.h"

#include <torch/types.h>

namespace thaw {

/// One draw of random changes for a batch. All of a batch's numbers are drawn ahead so that its slices see the same.
struct Augmentation {
    torch::Tensor geometry;  ///< [N, 3, 3]: output pixel coordinates (-1 .. 1) -> input coordinates
    torch::Tensor colour;    ///< [N, C, C + 1]: colours, in [-1, 1], -> linear map and offset
    Augmentation slice(std::int64_t first, std::int64_t last) const {
        return geometry.defined() ? Augmentation{geometry.slice(0, first, last), colour.slice(0, first, last)}
                                  : Augmentation{};
    }
};

/// Each change happens with probability p, in this order (Karras et al. 2020, appendix B): mirror; turn by 90°; shift by
/// whole pixels, up to 1/8; scale 2^N(0, 0.2); turn; stretch 2^N(0, 0.2); turn (each turn with 1 - sqrt(1 - p), so that
/// either happens with p); shift N(0, 1/8); brightness N(0, 0.2); contrast 2^N(0, 0.5); and of luma: mirror; of colour
/// images: hue, saturation 2^N(0, 1). Both axes of a shift toss a coin of their own. At p = 0 nothing is drawn, and nothing
/// changes bit for bit.
Augmentation drawAugmentation(double p, std::int64_t n, std::int64_t channels, std::int64_t resolution,
                              torch::Generator generator);

/// images [N, C, R, R] -> changed images; the gradient flows through. Sampled as `warped` does. An undefined
/// augmentation changes nothing.
torch::Tensor augmented(const torch::Tensor& images, const Augmentation& augmentation);

/// The adaptive probability: every 4 steps p += sign(mean sign(D(real)) - target)·images/500,000 for the images since.
class AugmentControl {
public:
    AugmentControl(const AugmentConfig& config, int batch) : config_(config), batch_(batch), p_(config.p) {}
    double p() const { return p_; }
    /// After a step of D; realSign [] on any device. An adaptive probability asks for its number every fourth time, else none
    /// is asked for.
    void observe(const torch::Tensor& realSign);
    /// float64 [3]: p, the sum of signs and their number, for snapshots.
    torch::Tensor state() const;
    void load(const torch::Tensor& state);

private:
    AugmentConfig config_;
    int batch_;
    double p_;
    torch::Tensor signs_;  // their sum, where they were made; undefined before the first
    int steps_ = 0;
};

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/distill/image_distance.h"
#include "core/distill/time_grid.h"

namespace thaw {

/// The imitation objectives the standalone GAN is compared with. The student f(v; t, s) is a two-time network: asked at
/// noise level t for the clean image that leads straight to level s (NetworkConfig::twoTime; our own definition, because
/// the published one was not released). A jump along it is Euler's,
///
///     J(v; a -> b) = v + (f(v; a, b) - v)/a·(a - b),
///
/// and one between neighbouring levels is one Heun step of the frozen teacher. With v = x + sigma_t·z on real images x,
/// v1 = J(v; t -> u) and v2 = J(v1; u -> s), both without gradient, the student is pulled
///
///     progressive, restart   f(v; t, s) towards v + (v2 - v)·t/(t - s), the clean image whose jump ends at v2
///     consistency            f(v; t, 0) towards v2, which is at level 0
///     trajectory             J(v; t -> s) towards v2, both carried on to level 0 by the frozen student
///
/// (Salimans & Ho 2022; Song et al. 2023; Kim et al. 2024; times: `drawTimes`.) Distances: image_distance.h.
class Distiller {
public:
    /// `teacher` must be frozen. Throws as ImageDistanceMeasure.
    Distiller(Denoiser teacher, const DistillConfig& config, torch::Device device);

    /// The random numbers of a batch, drawn ahead so that its slices see the same as the whole.
    struct Draw {
        DistillTimes times;
        torch::Tensor noise;  ///< z, like the images
        FeatureNoise featureNoise;
        Draw slice(std::int64_t first, std::int64_t last) const;
    };
    Draw draw(const torch::Tensor& real, torch::Generator generator) const;

    /// The loss of one batch (or slice of it), a mean over images. `classLabels` as in Conditioning. `fixed` is the
    /// student that makes the targets and carries a trajectory to its end, always without gradient of its weights:
    /// normally `student` itself (when empty), else an earlier copy of it.
    torch::Tensor loss(Denoiser& student, const torch::Tensor& real, const torch::Tensor& classLabels, const Draw& draw,
                       const ForwardMode& mode, Denoiser fixed = nullptr);

private:
    struct Leap {
        torch::Tensor from, to;  // grid indices
    };
    torch::Tensor frozenJump(Denoiser& student, const torch::Tensor& v, const Leap& leap, const torch::Tensor& labels,
                             const ForwardMode& mode);

    Denoiser teacher_;
    DistillConfig config_;
    TimeGrid grid_;
    ImageDistanceMeasure distance_;
};

/// One Heun step of the probability flow (Karras et al. 2022, algorithm 1) from levels a to b, float [n] each.
torch::Tensor heunStep(Denoiser& teacher, const torch::Tensor& v, const torch::Tensor& a, const torch::Tensor& b,
                       const torch::Tensor& classLabels, const ForwardMode& mode);

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/distill/image_distance.h"
#include "core/distill/time_grid.h"

namespace thaw {

/// The imitation objectives the standalone GAN is compared with. The student f(v; t, s) is a two-time network: asked at
/// noise level t for the clean image that leads straight to level s (NetworkConfig::twoTime; our own definition, because
/// the published one was not released). A jump along it is Euler's,
///
///     J(v; a -> b) = v + (f(v; a, b) - v)/a·(a - b).
///
/// With v = x + sigma_t·z on real images x, f' the fixed student (below), and everything but the prediction without
/// gradient, two recipes differ in who jumps and in what is compared:
///
/// **Release** (the comparison of D2O's release; times: `drawTimes`). A jump between neighbouring levels is one Heun step
/// of the frozen teacher, a longer one J of f'. v1 = jump t -> u, v2 = jump u -> s;
///
///     progressive, RCD   f(v; t, s) towards v + (v2 - v)·t/(t - s), the clean image whose jump ends at v2
///     consistency        f(v; t, 0) towards v2, which is at level 0
///     trajectory         J(v; t -> s) towards v2, both carried on to level 0: v2 by a jump as above, the prediction by f'
///
/// **Paper** (times: `drawPaperTimes`). Each as its own paper has it, RCD as in the release for want of one:
///
///     progressive   as above, in stages: f' is the student at the end of the stage before (in the first the jumps are
///                   the teacher's), each image weighed by max(1/sigma_t², 1) (Salimans & Ho 2022)
///     consistency   f(v; t) towards f'(v1; u), at u = 0 towards v1 itself; v1 = Heun step of the teacher (Song et al. 2023)
///     trajectory    v1 = t - u Heun steps of the teacher along the ladder; J(v; t -> s) towards J'(v1; u -> s), both
///                   carried on to level 0 by J' (Kim et al. 2024, without their two auxiliary losses)
///
/// A squared difference between neighbouring levels shrinks with N^-2 and sinks below the rounding of bf16: of the embedded
/// model's CD loss that is 0.3 % at N = 16, 4 % at 64, twice the loss at 1,024. Above kRoundedLevels everything is float.
class Distiller {
public:
    static constexpr int kRoundedLevels = 32;  ///< the longest ladder on which reduced precision is used

    /// `teacher` must be frozen. Throws as ImageDistanceMeasure.
    Distiller(Denoiser teacher, const DistillConfig& config, torch::Device device);

    /// The random numbers of a batch, drawn ahead so that its slices see the same as the whole.
    struct Draw {
        DistillTimes times;
        torch::Tensor noise;  ///< z, like the images
        FeatureNoise featureNoise;
        Draw slice(std::int64_t first, std::int64_t last) const;
    };
    /// `stage`: of PD in stages; the others have none.
    Draw draw(const torch::Tensor& real, torch::Generator generator, int stage = 0) const;

    /// The loss of one batch (or slice of it), a mean over images. `classLabels` as in Conditioning. `fixed` is f', the
    /// student that makes the targets and carries a trajectory to its end, always without gradient of its weights:
    /// `student` itself when empty, else an earlier copy or a running average of it.
    torch::Tensor loss(Denoiser& student, const torch::Tensor& real, const torch::Tensor& classLabels, const Draw& draw,
                       const ForwardMode& mode, Denoiser fixed = nullptr);

    std::int64_t featureLooks() const { return distance_.looks(); }  ///< ImageDistanceMeasure::looks

private:
    struct Leap {
        torch::Tensor from, to;  // grid indices
    };
    struct Batch;  // of one loss
    torch::Tensor heunSteps(Batch& batch, const torch::Tensor& v, const Leap& leap);
    torch::Tensor studentJump(Batch& batch, const torch::Tensor& v, const Leap& leap);
    torch::Tensor jump(Batch& batch, const torch::Tensor& v, const Leap& leap);
    torch::Tensor extrapolationLoss(Batch& batch);
    torch::Tensor consistencyLoss(Batch& batch);
    torch::Tensor trajectoryLoss(Batch& batch);
    bool asInPaper() const { return config_.recipe == DistillRecipe::Paper; }

    Denoiser teacher_;
    DistillConfig config_;
    TimeGrid grid_;
    ImageDistanceMeasure distance_;
};

/// One Heun step of the probability flow (Karras et al. 2022, algorithm 1) from levels a to b, float [n] each.
torch::Tensor heunStep(Denoiser& teacher, const torch::Tensor& v, const torch::Tensor& a, const torch::Tensor& b,
                       const torch::Tensor& classLabels, const ForwardMode& mode);

}  // namespace thaw

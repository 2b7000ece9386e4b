// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/sampler.h"

namespace thaw {

/// Pairs of noise and the teacher's k-step Heun sample of it, for plain regression. Pair i belongs to seed
/// `firstSeed + i` alone; it is computed when first asked for and kept, so an epoch of the pairs costs the teacher once.
class TeacherPairs {
public:
    /// `teacher` must be frozen; it computes in `mode`, the solver in double.
    TeacherPairs(Denoiser teacher, int steps, int count, std::uint64_t firstSeed, const ForwardMode& mode);

    struct Batch {
        torch::Tensor z, image;     ///< [n, C, R, R]; on the teacher's device
        torch::Tensor classLabels;  ///< one-hot [n, labelDim] of the seeds' random classes; undefined without classes
    };
    /// Pairs first .. first+n-1, counted round.
    Batch batch(std::int64_t first, std::int64_t n);

private:
    Denoiser teacher_;
    SamplerConfig sampler_;
    std::int64_t count_;
    std::uint64_t firstSeed_;
    ForwardMode mode_;
    torch::Tensor z_, classes_;
    torch::Tensor images_;  // on the teacher's device: fetching them would make the host wait for it
    std::vector<bool> known_;
};

}  // namespace thaw

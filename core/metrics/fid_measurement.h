// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/device/compute_device.h"
#include "core/diffusion/sampler.h"
#include "core/metrics/feature_classifier.h"
#include "core/metrics/statistics_file.h"
#include "core/values/train_state.h"

namespace thaw {

/// The feature network with what the open data says of it: all that live figures need.
class FidReference {
public:
    /// The built-in network and the data set's reference: the stored test-set moments for the built-in data, else moments
    /// of 10,000 images of `data`. Throws Configuration when the network takes images of another size, WrongKind when
    /// the stored moments stem from another network.
    explicit FidReference(const Dataset& data);

    FeatureClassifier classifier{nullptr};
    ReferenceStatistics statistics;
    /// Features of `count` real images (or all there are), float [n, D]; the same ones every time. Computed on first use.
    const torch::Tensor& vectors(std::int64_t count);

private:
    torch::Tensor images_;  // uint8; what the moments are of
    torch::Tensor vectors_;
};

/// Which figures one measurement takes.
struct FidOptions {
    SamplerConfig sampler = oneStepSampler();
    int images = 1000;
    bool kid = false;
    bool coverage = false;
};

/// Fréchet distance of a generator's samples from seeds 0 .. images-1, and beside it kernel distance, precision and
/// recall against as many real images; in pieces.
class FidMeasurement {
public:
    /// Throws Configuration when the generator's images are not of the network's size.
    FidMeasurement(Denoiser generator, FidReference& reference, const ComputeDevice& compute,
                   const FidOptions& options);
    /// One piece (about 100 images); true when done.
    bool advance();
    double progress() const { return double(done_) / double(options_.images); }
    /// All figures with their provenance.
    FidPoint point(double kimg) const;

private:
    Denoiser generator_;
    FidReference& reference_;
    ComputeDevice compute_;
    FidOptions options_;
    std::int64_t done_ = 0;
    FeatureStatistics statistics_;
    std::vector<torch::Tensor> vectors_;
};

}  // namespace thaw

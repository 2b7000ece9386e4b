// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session.h"

#include "core/compute.h"
#include "core/data/open_dataset.h"
#include "core/diffusion/sampler.h"
#include "core/metrics/feature_classifier.h"
#include "core/metrics/statistics_file.h"
#include "core/train/finetuner.h"

namespace thaw {

/// The feature network with the reference moments of the open data: what live FID needs.
struct FidReference {
    FeatureClassifier classifier{nullptr};
    ReferenceStatistics statistics;
};

/// The built-in network and the data set's reference: the stored test-set moments for the built-in data, else moments of
/// 10,000 images of `data`. Throws Configuration when the network takes images of another size, WrongKind when the stored
/// moments stem from another network.
FidReference openFidReference(const Dataset& data);

/// Fréchet distance of a generator's one-step samples from seeds 0 .. images-1, in pieces.
class FidMeasurement {
public:
    /// Throws Configuration when the generator's images are not of the network's size.
    FidMeasurement(Denoiser generator, const FidReference& reference, const Compute& compute, double sigma, int images);
    /// One piece (about 100 images); true when done.
    bool advance();
    double progress() const { return double(done_) / double(images_); }
    double value() const;
    std::int64_t images() const { return images_; }

private:
    Denoiser generator_;
    const FidReference& reference_;
    Compute compute_;
    double sigma_;
    std::int64_t images_, done_ = 0;
    FeatureStatistics statistics_;
};

/// Images of these seeds, as EDM draws them: latents, then a random class where the model is conditional and the
/// context names none, then churn noise, all from the seed's own generator. Float [N, C, R, R] on the compute device.
torch::Tensor sampleSeeds(Denoiser& denoiser, const std::vector<std::uint64_t>& seeds, const SamplerConfig& sampler,
                          const Compute& compute, SampleContext context = {});

/// Float images [N, C, H, W] in about [-1, 1] -> one 8-bit image each; 1 and 3 channels.
std::vector<Image> toImages(const torch::Tensor& samples);

}  // namespace thaw

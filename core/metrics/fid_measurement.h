// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/device/compute_device.h"
#include "core/diffusion/sampler.h"
#include "core/metrics/feature_network.h"
#include "core/metrics/statistics_file.h"
#include "core/values/train_state.h"

#include <memory>
#include <vector>

namespace thaw {

/// The images of a data set as a choice of features sees them.
MeasuredImages measuredImages(const Dataset& data);

/// Throws what is wrong with a choice before a run starts with it: a file that cannot be opened or read, a network that
/// does not take these images or gives features that are not finite for one of 32 of them, statistics of another network. A
/// choice that measures nothing passes.
void requireMeasurable(const MeasureChoice& choice, const Dataset& data, const ComputeDevice& compute);

/// The features of a choice with what the open data, or a file of statistics, says of them: all that live figures need.
class FidReference {
public:
    /// Of the built-in data with its own classifier the stored test-set moments; of a file named by the choice what it
    /// holds; else moments of 10,000 images of `data`, which are read from `kept` (see keep) where they are the same images
    /// under the same features. Throws Configuration when the images have no measure or the network takes others, WrongKind
    /// when stored moments stem from another network, and what openFeatureNetwork and readStatistics throw.
    FidReference(const Dataset& data, const MeasureChoice& choice, const ComputeDevice& compute,
                 const std::string& kept = {});

    FeatureNetwork& network() { return *network_; }
    const MeasureChoice& choice() const { return choice_; }
    const ReferenceStatistics& statistics() const { return statistics_; }
    /// Features of `count` real images (or all there are), float [n, D]; the same ones every time. Computed on first use.
    /// Undefined where there are no images, only moments, and where features have bands.
    const torch::Tensor& vectors(std::int64_t count);
    /// Writes what was measured of the data to a `.npz` that is not there yet, so that it is measured once.
    void keep(const std::string& file) const;

private:
    void measure(const Dataset& data, const std::string& kept, bool keeps);

    MeasureChoice choice_;
    std::unique_ptr<FeatureNetwork> network_;
    ReferenceStatistics statistics_;
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
/// recall against as many real images where the features are a network's; in pieces.
class FidMeasurement {
public:
    /// Throws Configuration when the features do not take the generator's images.
    FidMeasurement(Denoiser generator, std::shared_ptr<FidReference> reference, const ComputeDevice& compute,
                   const FidOptions& options);
    /// One piece (about 100 images; of several processes one each); true when done. Throws WrongKind with the count and the first of the piece where images
    /// or features are not finite.
    bool advance();
    double progress() const { return double(done_) / double(options_.images); }
    /// All figures with their provenance. Throws WrongKind for a distance that is not finite.
    FidPoint point(double kimg) const;

private:
    bool keepsVectors() const;

    Denoiser generator_;
    std::shared_ptr<FidReference> reference_;
    ComputeDevice compute_;
    FidOptions options_;
    std::int64_t done_ = 0;
    FeatureStatistics statistics_;
    std::vector<torch::Tensor> vectors_;
};

}  // namespace thaw

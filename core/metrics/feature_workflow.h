// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/progress.h"

#include <cstdint>
#include <string>
#include <vector>

namespace thaw {

/// How the feature network is trained.
struct FeatureTrainingOptions {
    int epochs = 3;              ///< passes over the images
    int batch = 128;             ///< images a step
    double learningRate = 1e-3;  ///< Adam's, at the first step; falls to 0 along a half cosine
    bool xflip = true;           ///< mirror half of the images
    std::uint64_t seed = 1;      ///< of the weights, the order and the mirroring

    bool operator==(const FeatureTrainingOptions&) const = default;
};

struct FeatureTrainingResult {
    std::string features;     ///< title of the network, see FeatureClassifierImpl::title
    double testAccuracy = 0;  ///< share of the test images classified rightly
    std::int64_t images = 0;  ///< training images
    std::int64_t testImages = 0;
};

/// `thaw-cli train-features`: trains a feature network on the labelled training images of `data` (anything openDataset
/// reads with classes), measures its accuracy on the test images and writes it to `out`. Of data without a test part a
/// tenth is held out for that. All of
/// the data is read before the training starts. Throws Error; Configuration names every bad option.
FeatureTrainingResult trainFeatures(const std::string& data, const std::string& out,
                                    const FeatureTrainingOptions& options, const Progress& progress = {});

struct StatisticsRequest {
    std::string data = "builtin";   ///< any data set that openDataset reads
    std::string part = "t10k";      ///< `train` or `t10k`, where the data have both
    std::string features = "auto";  ///< see openFeatureNetwork
    std::string device = "cpu";     ///< where the network runs: cpu, cuda:0
    std::int64_t num = 0;           ///< the first `num` images; 0 = all
    std::string out;                ///< `.npz`
};

struct StatisticsResult {
    std::int64_t num = 0;
    std::string features;            ///< title of the network
    std::string data;                ///< title of the images
    std::vector<std::string> notes;  ///< what was assumed or left out, a sentence each
};

/// `thaw-cli statistics`: mean and covariance of the features of real images, the reference of a Fréchet distance.
StatisticsResult measureStatistics(const StatisticsRequest& request, const Progress& progress = {});

/// Path of the embedded feature network. Throws FileMissing.
std::string builtinFeatures();

}  // namespace thaw

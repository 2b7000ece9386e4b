// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/nn.h>

#include <cstdint>
#include <string>
#include <vector>

namespace thaw {

/// Shape of the feature network.
struct FeatureClassifierConfig {
    int imgResolution = 28;
    int imgChannels = 1;
    std::vector<int> widths{32, 64, 128};  ///< channels of the stages; the last is the number of features
    int classes = 10;

    bool operator==(const FeatureClassifierConfig&) const = default;
};

/// Two 3×3 convolutions, each with batch normalisation and ReLU; the first has the stage's stride.
class FeatureStageImpl : public torch::nn::Module {
public:
    FeatureStageImpl(int in, int out, int stride);
    torch::Tensor forward(torch::Tensor x);

private:
    torch::nn::Conv2d conv0_{nullptr}, conv1_{nullptr};
    torch::nn::BatchNorm2d norm0_{nullptr}, norm1_{nullptr};
};
TORCH_MODULE(FeatureStage);

/// The built-in feature network of the Fréchet and kernel distances: a small classifier of the data set itself. Stages
/// with strides 1, 2, 2, ..., the mean over positions of the last stage's output as features, one linear layer.
///
/// It sees 8-bit images, 0..255, as x/127.5 - 1: generated images are quantised first, so that real and generated ones
/// pass through the very same steps.
class FeatureClassifierImpl : public torch::nn::Module {
public:
    explicit FeatureClassifierImpl(const FeatureClassifierConfig& config);

    /// float [N, C, R, R] in [-1, 1] -> class scores [N, classes], in the module's current mode.
    torch::Tensor forward(const torch::Tensor& x);
    /// The same images -> the output of each stage, [N, widths[k], R/2^k, R/2^k] (rounded up), in the module's current mode.
    std::vector<torch::Tensor> maps(const torch::Tensor& x);
    /// uint8 [N, C, R, R] -> float [N, D] on the CPU, in evaluation mode, without gradient, in pieces. A sample's
    /// features do not depend on its neighbours.
    torch::Tensor features(const torch::Tensor& images);
    /// Class scores of features [N, D] -> float [N, classes] on the CPU.
    torch::Tensor logits(const torch::Tensor& features);
    /// Share of images whose highest class score is at the label; uint8 [N, C, R, R], int64 [N].
    double accuracy(const torch::Tensor& images, const torch::Tensor& labels);

    /// Fresh weights from this seed: He normal for convolutions, uniform ±1/sqrt(D) for the linear layer.
    void initialise(std::uint64_t seed);

    const FeatureClassifierConfig& config() const { return config_; }
    int featureCount() const { return config_.widths.back(); }

    std::string trainedOn;     ///< e.g. "Fashion-MNIST"
    double testAccuracy = -1;  ///< share of the test set classified rightly; -1 = not measured
    std::uint64_t seed = 0;    ///< of its training

    /// Names the extractor in reports and reference statistics, e.g. "Fashion-MNIST classifier, 128-d, #1c29a0e7".
    /// The number is a checksum of the weights: equal names mean comparable distances.
    std::string title() const;

private:
    void requireShape(const torch::Tensor& x) const;
    torch::Tensor pooled(const torch::Tensor& x);

    FeatureClassifierConfig config_;
    std::vector<FeatureStage> stages_;
    torch::nn::Linear head_{nullptr};
};
TORCH_MODULE(FeatureClassifier);

/// Rounds all weights and statistics to what a file holds (float16), so that a saved network gives the features of the
/// one in memory, bit for bit.
void roundToStored(FeatureClassifier& classifier);

/// Writes a `.safetensors` with class `FeatureClassifier`, float16, whole or not at all.
void writeFeatureClassifier(const std::string& path, const FeatureClassifier& classifier);

/// Throws FileMissing, FileDamaged (tensors missing, of the wrong shape or not finite), WrongKind.
FeatureClassifier readFeatureClassifier(const std::string& path);

}  // namespace thaw

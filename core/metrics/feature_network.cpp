// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/feature_network.h"

#include "core/metrics/feature_classifier.h"
#include "core/metrics/feature_workflow.h"
#include "core/metrics/frechet_wavelet_distance.h"
#include "core/metrics/script_features.h"
#include "core/values/error.h"

#include <torch/torch.h>

#include <filesystem>
#include <fstream>

namespace thaw {
namespace {

class ClassifierFeatures : public FeatureNetwork {
public:
    ClassifierFeatures(FeatureClassifier classifier, torch::Device device) : classifier_(std::move(classifier)) {
        classifier_->to(device);
    }

    FeatureBatch extract(const torch::Tensor& images) override {
        requireFits(images.size(1), images.size(2), images.size(3), "one of the images");
        const auto features = classifier_->features(images);
        return {features, classifier_->logits(features)};
    }

    void requireFits(std::int64_t channels, std::int64_t height, std::int64_t width,
                     const std::string& origin) const override {
        const auto& config = classifier_->config();
        if (channels == config.imgChannels && height == config.imgResolution && width == config.imgResolution) return;
        throw Error(
            ErrorCode::Configuration,
            "The feature network takes " + std::to_string(config.imgChannels) + "-channel images of " +
                std::to_string(config.imgResolution) + " pixels; " + origin + " has " + std::to_string(channels) +
                " channels of " + std::to_string(height) + "x" + std::to_string(width) + ".",
            "Train one for this data with 'thaw-cli train-features', or name a TorchScript network (--features).");
    }

    std::string title() const override { return classifier_->title(); }
    std::string resizing() const override { return {}; }
    std::int64_t featureCount() const override { return classifier_->featureCount(); }
    bool hasLogits() const override { return true; }
    MeasureKind kind() const override { return MeasureKind::Network; }

private:
    FeatureClassifier classifier_;
};

bool isZip(const std::string& path) {
    char start[4] = {};
    return std::ifstream(path, std::ios::binary).read(start, 4) && std::string(start, 4) == "PK\x03\x04";
}

}  // namespace

std::unique_ptr<FeatureNetwork> openFeatureNetwork(const std::string& asked, torch::Device device,
                                                   const MeasuredImages& images) {
    const auto path = chosenFeatures(asked, images);
    if (path == kNoFeatures)
        throw Error(ErrorCode::Configuration, missingMeasure(asked, images),
                    "Name features: builtin, fwd, a TorchScript network or a file of 'thaw-cli train-features'.");
    if (path == kWaveletFeatures) return waveletFeatures(images.channels, images.resolution);
    if (path == kBuiltinFeatures)
        return std::make_unique<ClassifierFeatures>(readFeatureClassifier(builtinFeatures()), device);
    std::error_code error;
    if (std::filesystem::is_directory(path, error))
        throw Error(ErrorCode::WrongKind, "'" + path + "' is a folder, not a feature network.", "Name a file.");
    const auto ending = std::filesystem::path(path).extension();
    if (isZip(path) || ending == ".pt" || ending == ".pth" || ending == ".ts") return openScriptFeatures(path, device);
    return std::make_unique<ClassifierFeatures>(readFeatureClassifier(path), device);
}

}  // namespace thaw

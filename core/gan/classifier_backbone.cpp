// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gan/classifier_backbone.h"

#include "core/metrics/feature_classifier.h"
#include "core/values/error.h"

#include <utility>

namespace thaw {
namespace {

class ClassifierBackbone : public Backbone {
public:
    ClassifierBackbone(FeatureClassifier classifier, torch::Device device) : classifier_(std::move(classifier)) {
        classifier_->to(device);
        classifier_->eval();
        for (auto& parameter : classifier_->parameters()) parameter.requires_grad_(false);
        const torch::NoGradGuard guard;
        const auto& shape = classifier_->config();
        const auto empty = torch::zeros({1, shape.imgChannels, shape.imgResolution, shape.imgResolution}, device);
        for (const auto& map : classifier_->maps(empty)) levels_.push_back({int(map.size(1)), int(map.size(2))});
    }

    std::vector<torch::Tensor> maps(const torch::Tensor& images, const FeatureNoise&, const ForwardMode&,
                                    const torch::Tensor& = {}) override {
        return classifier_->maps(images.to(torch::kFloat));
    }
    const std::vector<Level>& levels() const override { return levels_; }

private:
    FeatureClassifier classifier_;
    std::vector<Level> levels_;
};

}  // namespace

std::unique_ptr<Backbone> openClassifierBackbone(const std::string& path, const Denoiser& frozen,
                                                 torch::Device device) {
    auto classifier = readFeatureClassifier(path);
    const auto &its = classifier->config(),
               wanted = FeatureClassifierConfig{frozen->config().imgResolution, frozen->config().imgChannels};
    if (its.imgResolution != wanted.imgResolution || its.imgChannels != wanted.imgChannels)
        throw Error(ErrorCode::WrongKind,
                    "The backbone '" + path + "' takes images of " + std::to_string(its.imgChannels) + "×" +
                        std::to_string(its.imgResolution) + "×" + std::to_string(its.imgResolution) +
                        ", the model makes " + std::to_string(wanted.imgChannels) + "×" +
                        std::to_string(wanted.imgResolution) + "×" + std::to_string(wanted.imgResolution) + ".",
                    "Train one on the model's own data with 'thaw-cli train-features'.");
    return std::make_unique<ClassifierBackbone>(std::move(classifier), device);
}

}  // namespace thaw

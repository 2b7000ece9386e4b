// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/frechet_wavelet_distance.h"

#include "core/metrics/frechet_distance.h"
#include "core/metrics/wavelet_packets.h"
#include "core/values/error.h"

#include <torch/torch.h>

namespace thaw {
namespace {

class WaveletFeatures : public FeatureNetwork {
public:
    WaveletFeatures(int channels, int resolution)
        : channels_(channels), resolution_(resolution), level_(waveletLevel(resolution)) {
        if (level_ < 1 || channels_ < 1)
            throw Error(ErrorCode::Configuration,
                        "Images of " + std::to_string(resolution) +
                            " pixels have no wavelet packets: the side must be even and at least 4.",
                        "Name a TorchScript network as features, or resize the images.");
    }

    FeatureBatch extract(const torch::Tensor& images) override {
        TORCH_CHECK(images.scalar_type() == torch::kByte && images.dim() == 4,
                    "features are taken of 8-bit images [N, C, H, W]");
        requireFits(images.size(1), images.size(2), images.size(3), "one of the images");
        return {waveletPackets(images.to(torch::kCPU, torch::kDouble) / 255, level_), {}};
    }

    void requireFits(std::int64_t channels, std::int64_t height, std::int64_t width,
                     const std::string& origin) const override {
        if (channels == channels_ && height == resolution_ && width == resolution_) return;
        throw Error(ErrorCode::Configuration,
                    "The wavelet distance compares " + std::to_string(channels_) + "-channel images of " +
                        std::to_string(resolution_) + " pixels; " + origin + " has " + std::to_string(channels) +
                        " channels of " + std::to_string(height) + "x" + std::to_string(width) + ".",
                    "Compare images of one size, or name a TorchScript network that resizes them (--features).");
    }

    std::string title() const override {
        return "Haar wavelet packets, level " + std::to_string(level_) + ", " + std::to_string(bandCount()) +
               " bands of " + std::to_string(featureCount()) + "-d";
    }
    std::string resizing() const override { return {}; }
    std::int64_t featureCount() const override {
        const std::int64_t side = resolution_ >> level_;
        return channels_ * side * side;
    }
    std::int64_t bandCount() const override { return std::int64_t(1) << (2 * level_); }
    bool hasLogits() const override { return false; }
    MeasureKind kind() const override { return MeasureKind::Wavelets; }

private:
    int channels_, resolution_, level_;
};

}  // namespace

WaveletDistance frechetWaveletDistance(const FeatureMoments& a, const FeatureMoments& b) {
    TORCH_CHECK(a.mean.dim() == 2 && a.mean.sizes() == b.mean.sizes(), "wavelet distance: bands of ", a.mean.sizes(),
                " and ", b.mean.sizes(), " do not compare");
    WaveletDistance distance;
    for (std::int64_t band = 0; band < a.mean.size(0); ++band) {
        distance.bands.push_back(
            frechetDistance({a.mean[band], a.covariance[band], a.count}, {b.mean[band], b.covariance[band], b.count}));
        distance.total += distance.bands.back() / double(a.mean.size(0));
    }
    return distance;
}

std::unique_ptr<FeatureNetwork> waveletFeatures(int channels, int resolution) {
    return std::make_unique<WaveletFeatures>(channels, resolution);
}

}  // namespace thaw

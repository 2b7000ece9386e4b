// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/measure.h"

#include <torch/types.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace thaw {

/// What a feature network says of N images; both on the CPU.
struct FeatureBatch {
    torch::Tensor features;  ///< float [N, D]; of wavelet packets double [B, N, D]
    torch::Tensor logits;    ///< float [N, K] class scores before the softmax; undefined where the network has none
};

/// Turns images into the vectors that Fréchet distance, kernel distance, precision and recall compare. Three exist: the
/// built-in classifier, whatever TorchScript module the user exports (Inception, CLIP, DINO, ...), and wavelet packets
/// (frechet_wavelet_distance.h), which need no network; they serve the Fréchet distance alone, band by band.
class FeatureNetwork {
public:
    virtual ~FeatureNetwork() = default;

    /// uint8 [N, C, H, W], 0..255. An image's features do not depend on its neighbours. Throws Configuration for images
    /// it cannot take, WrongKind where the module's own program fails, OutOfMemory.
    virtual FeatureBatch extract(const torch::Tensor& images) = 0;
    /// Throws Configuration where it cannot take images of this size; `origin` names them in the message.
    virtual void requireFits(std::int64_t channels, std::int64_t height, std::int64_t width,
                             const std::string& origin) const = 0;

    /// Extractor, dimensions, checksum of the weights and how images are resized. Distances compare only between equal
    /// titles.
    virtual std::string title() const = 0;
    /// How images reach the network's size, e.g. "resized to 299 by bilinear"; empty = they are taken as they are.
    virtual std::string resizing() const = 0;
    virtual std::int64_t featureCount() const = 0;
    virtual bool hasLogits() const = 0;
    /// Vectors of an image, each with a Fréchet distance of its own; the distance is their mean.
    virtual std::int64_t bandCount() const { return 1; }
    /// What its distances may be called, see measureName.
    virtual MeasureKind kind() const = 0;
    /// What was assumed of the file and should be said aloud, a sentence each.
    virtual std::vector<std::string> notes() const { return {}; }
};

/// `builtin`, `fwd` (for images of this kind), a `.safetensors` of `thaw-cli train-features`, or a TorchScript module (see
/// script_features.h); `auto` is what chosenFeatures says. Throws FileMissing, FileDamaged, WrongKind, Configuration
/// where there is no measure.
std::unique_ptr<FeatureNetwork> openFeatureNetwork(const std::string& path, torch::Device device = torch::kCPU,
                                                   const MeasuredImages& images = {});

}  // namespace thaw

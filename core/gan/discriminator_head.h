// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/gan/spectral_conv.h"
#include "core/parallel/processes.h"
#include "core/values/convolution_shape.h"

#include <optional>

namespace thaw {

/// Turns one map into patch logits, [N, L] in float. With classes the last convolution gives 64 channels o instead of one
/// and logit = sum_c(o_c·m_c)/8, m = lrelu(W e_k / sqrt(320))·sqrt(2) of the class's embedding e_k (projection, Miyato &
/// Koyama 2018; widths and activation as published). Embeddings start as N(0, 1): the published ones are EfficientNet's
/// of ImageNet classes, whatever the data.
class DiscriminatorHeadImpl : public torch::nn::Module {
public:
    struct Shape {
        std::vector<std::int64_t> channels;  ///< in, then after every halving
        int resolution = 0;                  ///< of the input map
        bool projected = false;  ///< published: BatchNorm after every halving; ours: 1×1 first, 3×3 before the end
    };
    DiscriminatorHeadImpl(const Shape& shape, int classes);
    void initialise(torch::Generator generator);
    /// `labels` [N, classes] one-hot, undefined without classes.
    torch::Tensor forward(const torch::Tensor& map, const torch::Tensor& labels, bool iterate);

    /// BatchNorm takes the statistics of all these processes' images from now on.
    void shareNorms(const ProcessesPtr& processes) { processes_ = processes; }

    static constexpr std::int64_t kClassWidth = 64, kEmbedding = 320;

private:
    struct Layer {
        SpectralConv2d conv{nullptr};
        torch::nn::BatchNorm2d norm{nullptr};
        bool activateFirst = false;  // ours activates before a convolution, the published one after its norm
    };
    void add(const ConvolutionShape& c, bool norm, bool activateFirst, bool bias);

    ProcessesPtr processes_;  // none: its own images' statistics
    std::vector<Layer> layers_;
    torch::Tensor embedding_, mapping_, mappingBias_;  // class projection
};
TORCH_MODULE(DiscriminatorHead);

/// The convolutions of such a head in forward order, `conv0`, `conv1`, ...
std::vector<ConvolutionShape> convolutionsOf(const DiscriminatorHeadImpl::Shape& shape, int classes);

}  // namespace thaw

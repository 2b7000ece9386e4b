// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/gan/denoiser_features.h"

namespace thaw {

/// Convolution whose weight is divided by its largest singular value (Miyato et al. 2018), estimated by one power
/// iteration per training forward: W/sigma, sigma = uᵀ W v with W as [out, in·k·k].
class SpectralConv2dImpl : public torch::nn::Module {
public:
    SpectralConv2dImpl(std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t stride, std::int64_t padding);
    torch::Tensor forward(const torch::Tensor& x);
    void initialise(torch::Generator generator);

    torch::Tensor weightOrig, bias;  ///< `weight_orig` [out, in, k, k], `bias` [out]
    torch::Tensor weightU, weightV;  ///< buffers `weight_u` [out], `weight_v` [in·k·k]

private:
    std::int64_t stride_, padding_;
};
TORCH_MODULE(SpectralConv2d);

/// One head per feature level: 1×1 conv to 64 channels, then LeakyReLU(0.2) and 4×4 stride-2 convs until at most 7
/// pixels a side, 3×3 conv, 4×4 conv to patch logits; spectral norm throughout.
class DiscriminatorImpl : public torch::nn::Module {
public:
    explicit DiscriminatorImpl(const std::vector<DenoiserFeatures::Level>& levels);
    /// Feature maps -> patch logits [N, L_l] in float, one tensor per head.
    std::vector<torch::Tensor> forward(const std::vector<torch::Tensor>& features);
    void initialise(std::uint64_t seed);

private:
    std::vector<std::vector<SpectralConv2d>> heads_;
};
TORCH_MODULE(Discriminator);

}  // namespace thaw

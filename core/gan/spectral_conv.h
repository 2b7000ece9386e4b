// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/nn.h>

namespace thaw {

/// Convolution whose weight is divided by its largest singular value (Miyato et al. 2018), estimated by one power
/// iteration per training forward: W/sigma, sigma = uᵀ W v with W as [out, in·k·k].
class SpectralConv2dImpl : public torch::nn::Module {
public:
    SpectralConv2dImpl(std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t stride,
                       std::int64_t padding, bool withBias = true);
    /// `iterate`: improve the estimate first (training only). Slices of one batch share the first one's.
    torch::Tensor forward(const torch::Tensor& x, bool iterate = true);
    void initialise(torch::Generator generator);

    torch::Tensor weightOrig, bias;  ///< `weight_orig` [out, in, k, k], `bias` [out], undefined without one
    torch::Tensor weightU, weightV;  ///< buffers `weight_u` [out], `weight_v` [in·k·k]

private:
    std::int64_t stride_, padding_;
};
TORCH_MODULE(SpectralConv2d);

}  // namespace thaw

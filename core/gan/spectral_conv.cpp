// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gan/spectral_conv.h"

#include <torch/torch.h>

namespace thaw {

SpectralConv2dImpl::SpectralConv2dImpl(std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t stride,
                                       std::int64_t padding, bool withBias)
    : stride_(stride), padding_(padding) {
    weightOrig = register_parameter("weight_orig", torch::zeros({out, in, kernel, kernel}));
    if (withBias) bias = register_parameter("bias", torch::zeros({out}));
    weightU = register_buffer("weight_u", torch::zeros({out}));
    weightV = register_buffer("weight_v", torch::zeros({in * kernel * kernel}));
}

void SpectralConv2dImpl::initialise(torch::Generator generator) {
    torch::NoGradGuard guard;
    const double fanIn = double(weightOrig.numel()) / double(weightOrig.size(0));
    weightOrig.uniform_(-1 / std::sqrt(fanIn), 1 / std::sqrt(fanIn), generator);
    if (bias.defined()) bias.uniform_(-1 / std::sqrt(fanIn), 1 / std::sqrt(fanIn), generator);
    weightU.copy_(torch::randn(weightU.sizes(), generator));
    weightU.div_(weightU.norm());
    // A few iterations now, so that the first steps already see a norm near 1.
    const auto matrix = weightOrig.flatten(1);
    for (int i = 0; i < 15; ++i) {
        weightV.copy_(torch::mv(matrix.t(), weightU));
        weightV.div_(weightV.norm() + 1e-12);
        weightU.copy_(torch::mv(matrix, weightV));
        weightU.div_(weightU.norm() + 1e-12);
    }
}

torch::Tensor SpectralConv2dImpl::forward(const torch::Tensor& x, bool iterate) {
    const auto matrix = weightOrig.flatten(1);
    if (iterate && is_training() && torch::GradMode::is_enabled()) {
        torch::NoGradGuard guard;
        // New tensors instead of writing in place: an earlier forward of the same step still needs the old ones.
        auto v = torch::mv(matrix.t(), weightU);
        v = v / (v.norm() + 1e-12);
        auto u = torch::mv(matrix, v);
        u = u / (u.norm() + 1e-12);
        weightU.set_data(u);
        weightV.set_data(v);
    }
    const auto u = weightU.detach(), v = weightV.detach();
    const auto sigma = torch::dot(u, torch::mv(matrix, v));
    return torch::conv2d(x, (weightOrig / sigma).to(x.scalar_type()), bias.defined() ? bias.to(x.scalar_type()) : bias,
                         stride_, padding_);
}

}  // namespace thaw

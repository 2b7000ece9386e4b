// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session_parts.h"

#include "core/diffusion/noise.h"

#include <torch/torch.h>

namespace thaw {

torch::Tensor sampleSeeds(Denoiser& denoiser, const std::vector<std::uint64_t>& seeds, const SamplerConfig& sampler,
                          const Compute& compute, SampleContext context) {
    const auto& config = denoiser->config();
    SeedStreams streams(seeds);
    const auto z = streams.latents(config.imgChannels, config.imgResolution).to(compute.device);
    if (config.labelDim > 0) {
        // Drawn also where labels are given: the churn noise follows the class in each stream.
        const auto classes = streams.classes(config.labelDim);
        if (!context.conditioning.classLabels.defined()) context.conditioning.classLabels = oneHot(classes, config.labelDim).to(compute.device);
    }
    context.noise = [&](const torch::Tensor& x) { return streams.randnLike(x); };
    return sample(denoiser, z, sampler, context);
}

std::vector<Image> toImages(const torch::Tensor& samples) {
    const auto bytes = quantise(samples).permute({0, 2, 3, 1}).contiguous().cpu();
    const auto size = std::size_t(bytes.numel() / std::max<std::int64_t>(bytes.size(0), 1));
    std::vector<Image> images;
    for (std::int64_t n = 0; n < bytes.size(0); ++n) {
        const auto* first = bytes.data_ptr<std::uint8_t>() + std::size_t(n) * size;
        images.push_back({int(bytes.size(2)), int(bytes.size(1)), int(bytes.size(3)), {first, first + size}});
    }
    return images;
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/seed_sampling.h"

#include "core/diffusion/class_labels.h"
#include "core/diffusion/noise.h"
#include "core/nn/upload.h"

#include <torch/torch.h>

#include <cmath>

namespace thaw {

namespace {

constexpr double kRow = 100;  // seeds from one row of the latent grid to the next

// The seeds as many columns and rows further; as unsigned numbers wrap, so do seeds.
std::vector<std::uint64_t> moved(std::vector<std::uint64_t> seeds, double columns, double rows) {
    for (auto& seed : seeds) seed += std::uint64_t(std::int64_t(columns + kRow * rows));
    return seeds;
}

}  // namespace

torch::Tensor shiftedLatents(const std::vector<std::uint64_t>& seeds, const LatentShift& shift, int channels,
                             int resolution) {
    const double column = std::floor(shift.x), row = std::floor(shift.y), right = shift.x - column,
                 down = shift.y - row;
    torch::Tensor z;
    double squares = 0;
    for (const double v : {0.0, 1.0})
        for (const double u : {0.0, 1.0}) {
            const double weight = (u > 0 ? right : 1 - right) * (v > 0 ? down : 1 - down);
            if (weight == 0) continue;
            const auto corner = latentsForSeeds(moved(seeds, column + u, row + v), channels, resolution) * weight;
            z = z.defined() ? z + corner : corner;
            squares += weight * weight;
        }
    return z / std::sqrt(squares);
}

torch::Tensor sampleSeeds(Denoiser& denoiser, const std::vector<std::uint64_t>& given, const SamplerConfig& sampler,
                          const ComputeDevice& compute, SampleContext context, const LatentShift& shift,
                          const ClassChoice& choice) {
    const auto& config = denoiser->config();
    const bool still = shift == LatentShift();
    const auto seeds = still ? given : moved(given, std::round(shift.x), std::round(shift.y));
    SeedStreams streams(seeds);
    auto z = streams.latents(config.imgChannels, config.imgResolution);
    if (!still) z = shiftedLatents(given, shift, config.imgChannels, config.imgResolution);
    if (config.labelDim > 0) {
        // Drawn also where labels are given: the churn noise follows the class in each stream.
        const auto drawn = streams.classes(config.labelDim);
        if (!context.conditioning.classLabels.defined())
            context.conditioning.classLabels =
                uploaded(oneHot(chosenClasses(choice, seeds, drawn, config.labelDim), config.labelDim), compute.device);
    }
    context.noise = [&](const torch::Tensor& x) { return streams.randnLike(x); };
    return sample(denoiser, uploaded(z, compute.device), sampler, context);
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

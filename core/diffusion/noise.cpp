// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/noise.h"

#include "core/nn/upload.h"
#include "core/values/error.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/torch.h>

namespace thaw {

torch::Generator seededGenerator(std::uint64_t seed) {
    return at::make_generator<at::CPUGeneratorImpl>(seed & 0xffffffffu);
}

SeedStreams::SeedStreams(const std::vector<std::uint64_t>& seeds) {
    generators_.reserve(seeds.size());
    for (const auto seed : seeds) generators_.push_back(seededGenerator(seed));
}

torch::Tensor SeedStreams::latents(int channels, int resolution) {
    auto z = torch::empty({std::int64_t(generators_.size()), channels, resolution, resolution});
    for (std::size_t k = 0; k < generators_.size(); ++k)
        z[std::int64_t(k)] = torch::randn({channels, resolution, resolution}, generators_[k]);
    return z;
}

torch::Tensor SeedStreams::classes(int labelDim) {
    auto labels = torch::empty({std::int64_t(generators_.size())}, torch::kLong);
    for (std::size_t k = 0; k < generators_.size(); ++k)
        labels[std::int64_t(k)] = torch::randint(labelDim, {}, generators_[k], torch::kLong);
    return labels;
}

torch::Tensor SeedStreams::randnLike(const torch::Tensor& x) {
    TORCH_INTERNAL_ASSERT(x.size(0) == std::int64_t(generators_.size()));
    auto noise = torch::empty(x.sizes(), torch::TensorOptions(x.scalar_type()));
    for (std::size_t k = 0; k < generators_.size(); ++k)
        noise[std::int64_t(k)] =
            torch::randn(x.sizes().slice(1), generators_[k], torch::TensorOptions(x.scalar_type()));
    return uploaded(noise, x.device());
}

torch::Tensor latentsForSeeds(const std::vector<std::uint64_t>& seeds, int channels, int resolution) {
    return SeedStreams(seeds).latents(channels, resolution);
}

torch::Tensor oneHot(const torch::Tensor& classes, int labelDim) {
    for (std::int64_t i = 0; i < classes.numel(); ++i)
        if (const auto c = classes[i].item<std::int64_t>(); c < 0 || c >= labelDim)
            throw Error(
                ErrorCode::Configuration,
                "The class " + std::to_string(c) + " does not exist: the model knows " + std::to_string(labelDim) +
                    " classes.",
                labelDim > 0 ? "Use classes 0 to " + std::to_string(labelDim - 1) + "." : "Leave the classes out.");
    return torch::one_hot(classes.to(torch::kLong), labelDim).to(torch::kFloat);
}

}  // namespace thaw

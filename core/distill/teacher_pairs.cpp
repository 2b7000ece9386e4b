// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/distill/teacher_pairs.h"

#include "core/diffusion/noise.h"

#include <torch/torch.h>

namespace thaw {

TeacherPairs::TeacherPairs(Denoiser teacher, int steps, int count, std::uint64_t firstSeed, const ForwardMode& mode)
    : teacher_(std::move(teacher)),
      count_(count),
      firstSeed_(firstSeed),
      mode_(mode),
      known_(std::size_t(count), false) {
    sampler_.kind = SamplerKind::Heun;
    sampler_.steps = steps;
    const auto& c = teacher_->config();
    z_ = torch::empty({count, c.imgChannels, c.imgResolution, c.imgResolution});
    images_ = torch::empty_like(z_, teacher_->parameters().front().device());
    if (c.labelDim > 0) classes_ = torch::zeros({count}, torch::kLong);
}

TeacherPairs::Batch TeacherPairs::batch(std::int64_t first, std::int64_t n) {
    std::vector<std::int64_t> wanted, missing;
    std::vector<std::uint64_t> seeds;
    for (std::int64_t i = 0; i < n; ++i) {
        const auto pair = (first + i) % count_;
        wanted.push_back(pair);
        if (known_[std::size_t(pair)]) continue;
        missing.push_back(pair);
        seeds.push_back(firstSeed_ + std::uint64_t(pair));
    }
    const auto device = teacher_->parameters().front().device();
    const auto& c = teacher_->config();
    if (!missing.empty()) {
        SeedStreams streams(seeds);
        const auto z = streams.latents(c.imgChannels, c.imgResolution);
        SampleContext context;
        context.mode = mode_;
        const auto index = torch::tensor(missing, torch::kLong);
        if (classes_.defined()) {
            const auto classes = streams.classes(c.labelDim);
            classes_.index_copy_(0, index, classes);
            context.conditioning.classLabels = uploaded(oneHot(classes, c.labelDim), device);
        }
        z_.index_copy_(0, index, z);
        images_.index_copy_(0, uploaded(index, device), sample(teacher_, uploaded(z, device), sampler_, context));
        for (const auto pair : missing) known_[std::size_t(pair)] = true;
    }
    const auto index = torch::tensor(wanted, torch::kLong);
    Batch batch{uploaded(z_.index_select(0, index), device), images_.index_select(0, uploaded(index, device)), {}};
    if (classes_.defined()) batch.classLabels = uploaded(oneHot(classes_.index_select(0, index), c.labelDim), device);
    return batch;
}

}  // namespace thaw

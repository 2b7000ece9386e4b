// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/seed_batches.h"

#include "core/diffusion/class_labels.h"
#include "core/diffusion/noise.h"
#include "core/nn/upload.h"

#include <torch/torch.h>

#include <algorithm>
#include <chrono>

namespace thaw {
double sampleBatches(Denoiser& denoiser, const ComputeDevice& compute, const SeedBatches& how,
                     const SeedsOrLatents& source, const std::function<void(const torch::Tensor& images)>& use,
                     const Progress& progress) {
    denoiser->to(compute.device);
    const auto& network = denoiser->config();
    const bool given = source.latents.defined();
    const auto count = given ? source.latents.size(0) : std::int64_t(source.seeds.size());
    const auto classes = listedClasses(how.labels, count, network.labelDim);
    double done = 0;
    SampleContext sampling;
    sampling.mode = {how.precision == Precision::BFloat16 ? torch::kBFloat16 : torch::kFloat, false};
    sampling.callback = [&](double) { return !progress || progress(done); };

    const auto started = std::chrono::steady_clock::now();
    for (std::int64_t round = 0; round < count; round += std::int64_t(how.batch) * how.processes) {
        const auto first = std::min<std::int64_t>(round + std::int64_t(how.batch) * how.process, count);
        const auto last = std::min<std::int64_t>(first + how.batch, count);
        if (first == last) {
            use(torch::empty({0, network.imgChannels, network.imgResolution, network.imgResolution}));
            continue;
        }
        SeedStreams streams({source.seeds.begin() + first, source.seeds.begin() + last});
        // Always drawn: the class and the churn noise follow the latents in each stream, and the noise the class.
        auto z = streams.latents(network.imgChannels, network.imgResolution);
        if (given) z = source.latents.slice(0, first, last);
        if (network.labelDim > 0) {
            const std::vector<std::uint64_t> seeds(source.seeds.begin() + first, source.seeds.begin() + last);
            auto batch = chosenClasses(how.classes, seeds, streams.classes(network.labelDim), network.labelDim);
            if (classes.defined())
                batch = classes.numel() == 1 ? classes.expand({last - first}) : classes.slice(0, first, last);
            sampling.conditioning.classLabels = uploaded(oneHot(batch, network.labelDim), compute.device);
        }
        sampling.noise = [&](const torch::Tensor& x) { return streams.randnLike(x); };
        use(sample(denoiser, uploaded(z, compute.device), how.sampler, sampling).cpu());
        done = double(last) / double(count);
        if (progress) progress(done);
    }
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
}

}  // namespace thaw

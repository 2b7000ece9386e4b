// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/idx_dataset.h"
#include "core/device/compute_device.h"
#include "core/diffusion/denoiser.h"
#include "core/values/train_config.h"

#include <torch/torch.h>

#include <map>
#include <string>

/// A network and a data set small enough to train in a test.
namespace thaw::toy {

inline ComputeDevice cpu() { return {torch::kCPU, torch::kFloat, 1}; }

inline NetworkConfig network(int resolution = 8) {
    NetworkConfig config;
    config.imgResolution = resolution;
    config.imgChannels = 1;
    config.modelChannels = 8;
    config.channelMult = {1, 2};
    config.numBlocks = 1;
    config.attnResolutions = {resolution / 2};
    config.dropout = 0;
    return config;
}

inline Denoiser denoiser(std::uint64_t seed = 1) {
    Denoiser d(network(), Preconditioning::Edm);
    d->model->initialise(seed);
    return d;
}

/// Bright and dark squares.
inline Dataset data(int count = 64, int resolution = 8) {
    auto generator = torch::randint(0, 2, {count, 1, 1, 1}, at::make_generator<at::CPUGeneratorImpl>(9));
    Dataset d;
    d.images = (generator * 200 + 20).expand({count, 1, resolution, resolution}).to(torch::kByte).contiguous();
    d.title = "toy";
    d.path = "toy";
    return d;
}

/// The settings of a short run on `data()`.
inline FinetuneConfig finetuning() {
    FinetuneConfig config;
    config.kimg = 0.1;
    config.batch = 8;
    config.r1.interval = 2;
    config.precision = Precision::Float32;
    return config;
}

inline std::map<std::string, torch::Tensor> weights(const Denoiser& d) {
    std::map<std::string, torch::Tensor> all;
    for (const auto& item : d->model->named_parameters()) all[item.key()] = item.value().detach().clone();
    return all;
}

}  // namespace thaw::toy

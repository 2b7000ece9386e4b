// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spectral/response_export.h"

#include "core/io/npy_tensor.h"
#include "core/nn/responses.h"
#include "core/values/error.h"

#include <torch/torch.h>

#include <algorithm>

namespace thaw {

NpzArchive exportResponses(Denoiser& denoiser, const Dataset& data, const std::vector<std::string>& names, double sigma,
                           std::uint64_t firstSeed, int images, const ClassChoice& classes) {
    const auto& network = denoiser->config();
    requireResponses(network, names);
    requireSaneProbe({sigma}, images);
    requireFittingData(network, data, {sigma});
    double bytes = 0;
    for (const auto& response : responsesOf(network))
        if (std::find(names.begin(), names.end(), response.name) != names.end())
            bytes += 4.0 * images * response.channels * response.resolution * response.resolution;
    if (bytes > 2147483648.0)
        throw Error(ErrorCode::OutOfMemory,
                    "The responses are " + std::to_string(std::int64_t(bytes / 1048576)) +
                        " MiB, more than the 2048 that are written.",
                    "Choose fewer blocks or images.");
    NpzArchive archive;
    const auto inputs = noisyInputs(network, data, sigma, firstSeed, images);
    archive.arrays["input"] = toNpy(inputs);
    const auto labels = inputLabels(network, data, sigma, firstSeed, images, classes);
    if (labels.defined()) archive.arrays["labels"] = toNpy(labels);
    const auto keep = [&](const std::string& name, const torch::Tensor& response) {
        if (std::find(names.begin(), names.end(), name) != names.end())
            archive.arrays[name] = toNpy(response.to(torch::kFloat));
    };
    probe(denoiser, inputs, sigma, keep, labels);
    return archive;
}

}  // namespace thaw

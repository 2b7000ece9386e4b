// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/generation.h"

#include "core/data/finite_rows.h"
#include "core/diffusion/seed_batches.h"
#include "core/diffusion/seed_sampling.h"
#include "core/io/npy_tensor.h"
#include "core/io/open_model.h"
#include "core/values/error.h"

#include <torch/torch.h>

namespace thaw {
namespace {

torch::Tensor readLatents(const std::string& path, const NetworkConfig& config) {
    auto z = toTensor(readNpy(path)).to(torch::kFloat);
    if (z.dim() != 4 || z.size(1) != config.imgChannels || z.size(2) != config.imgResolution ||
        z.size(3) != config.imgResolution)
        throw Error(ErrorCode::WrongKind,
                    "'" + path + "' does not hold latents [N, " + std::to_string(config.imgChannels) + ", " +
                        std::to_string(config.imgResolution) + ", " + std::to_string(config.imgResolution) + "].",
                    "Give latents of the model's size.");
    if (const auto faults = rowsNotFinite(z))
        throw Error(ErrorCode::WrongKind,
                    "'" + path + "' holds values that are not finite in " + faults.text("latent") + ".",
                    "Give latents of finite numbers.");
    return z;
}

}  // namespace

GenerationResult generateImages(const GenerationRequest& request,
                                const std::function<void(const GeneratedBatch& batch)>& use, const Progress& progress) {
    requireSane(request.sampler);
    const auto compute = chooseCompute(request.compute.device, request.compute.precision, request.compute.threads);
    auto model = openModelFile(request.model);
    SeedsOrLatents source{request.seeds};
    if (!request.latents.empty()) {
        source.latents = readLatents(request.latents, model.denoiser->config());
        source.seeds.clear();
        for (std::int64_t k = 0; k < source.latents.size(0); ++k) source.seeds.push_back(std::uint64_t(k));
    }
    GenerationResult result;
    FaultyRows made;
    const SeedBatches how{request.sampler, request.labels, request.batch, request.compute.precision, request.classes};
    result.seconds = sampleBatches(
        model.denoiser, compute, how, source,
        [&](const torch::Tensor& images) {
            made.add(rowsNotFinite(images));
            requireFiniteImages(made, request.model);
            const auto first = source.seeds.begin() + result.images;
            result.images += images.size(0);
            use({{first, source.seeds.begin() + result.images}, toNpy(images)});
        },
        progress);
    return result;
}

std::vector<Image> imagesOf(const NpyArray& samples) { return toImages(toTensor(samples)); }

NpyArray joined(const std::vector<NpyArray>& batches) {
    NpyArray all;
    for (const auto& batch : batches) {
        if (all.shape.empty()) {
            all = batch;
            continue;
        }
        all.shape.front() += batch.shape.front();
        all.data += batch.data;
    }
    return all;
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/teacher_images.h"

#include "core/diffusion/sampler.h"
#include "core/io/content_hash.h"
#include "core/io/npy.h"
#include "core/io/npy_tensor.h"
#include "core/session/evaluation.h"
#include "core/session/generation.h"

#include <torch/torch.h>

#include <cstdlib>
#include <filesystem>
#include <numeric>
#include <optional>

namespace thaw {
namespace {

namespace fs = std::filesystem;

std::string stemOf(const TeacherImages& images) {
    ContentHash hash;
    const auto& s = images.sampler;
    hash.add(images.key + "\n" + samplerTitle(s) + "\n" + std::to_string(s.rho) + " " + std::to_string(s.sigmaMid));
    for (const auto& sigma : {s.sigmaMin, s.sigmaMax}) hash.add(sigma ? std::to_string(*sigma) : "-");
    return hash.hex().substr(0, 12);
}

// A file of that name with as many images or more.
std::optional<std::string> fileWithAtLeast(const fs::path& place, const std::string& stem, int count) {
    std::error_code error;
    for (const auto& file : fs::directory_iterator(place, error)) {
        const auto name = file.path().filename().string();
        if (name.starts_with(stem + "-") && name.ends_with(".npy") &&
            std::atoi(name.c_str() + stem.size() + 1) >= count)
            return file.path().string();
    }
    return {};
}

}  // namespace

std::string teacherImagesFile(const TeacherImages& images, bool moreWillDo, const ComputeOptions& compute,
                              const Progress& progress) {
    const auto place = fs::path(images.folder) / "images";
    const auto stem = stemOf(images);
    const auto file = (place / (stem + "-" + std::to_string(images.count) + ".npy")).string();
    if (fs::exists(file)) return file;
    if (moreWillDo)
        if (const auto found = fileWithAtLeast(place, stem, images.count)) return *found;
    GenerationRequest request;
    request.model = images.model;
    request.sampler = images.sampler;
    request.seeds.resize(std::size_t(images.count));
    std::iota(request.seeds.begin(), request.seeds.end(), 0);
    request.compute = compute;
    std::vector<torch::Tensor> batches;
    generateImages(
        request, [&](const GeneratedBatch& batch) { batches.push_back(quantise(toTensor(batch.images))); }, progress);
    fs::create_directories(place);
    writeNpy(file, toNpy(torch::cat(batches)));
    return file;
}

std::string teacherStatisticsFile(const TeacherImages& images, const std::string& features, const std::string& data,
                                  const std::string& featuresKey, const ComputeOptions& compute,
                                  const Progress& progress) {
    ContentHash hash;
    hash.add(stemOf(images) + "\n" + featuresKey + "\n" + std::to_string(images.count));
    const auto file = (fs::path(images.folder) / "images" / (hash.hex().substr(0, 12) + ".npz")).string();
    if (fs::exists(file)) return file;
    EvaluationRequest request;
    request.images = teacherImagesFile(images, /*moreWillDo=*/false, compute, progress);
    request.features = features;
    request.data = data;
    request.compute = compute;
    request.saveFeatures = file + ".part.npz";
    evaluateImages(request, [&](EvaluationStage, double done, double total) {
        return !progress || progress(total > 0 ? done / total : 0);
    });
    fs::rename(request.saveFeatures, file);
    return file;
}

}  // namespace thaw

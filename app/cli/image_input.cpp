// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/image_input.h"

#include "core/diffusion/sampler.h"
#include "core/io/npy_tensor.h"
#include "core/io/png.h"
#include "core/values/error.h"

#include <torch/torch.h>

#include <algorithm>
#include <filesystem>

namespace thaw::cli {
namespace {

namespace fs = std::filesystem;

torch::Tensor readFolder(const std::string& path, std::int64_t limit) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(path))
        if (entry.path().extension() == ".png") files.push_back(entry.path());
    if (files.empty())
        throw Error(ErrorCode::WrongKind, "The folder '" + path + "' holds no PNG images.", "Name a folder of PNGs, or a .npy file.");
    std::sort(files.begin(), files.end());
    if (limit > 0 && std::int64_t(files.size()) > limit) files.resize(std::size_t(limit));
    std::vector<torch::Tensor> images;
    for (const auto& file : files) {
        auto image = readPng(file.string());
        images.push_back(torch::from_blob(image.pixels.data(), {image.height, image.width, image.channels}, torch::kByte)
                             .permute({2, 0, 1})
                             .contiguous());
        if (images.back().sizes() != images.front().sizes())
            throw Error(ErrorCode::WrongKind,
                        "'" + file.string() + "' has another size or other channels than '" + files.front().string() + "'.",
                        "All images of the folder must be alike.");
    }
    return torch::stack(images);
}

torch::Tensor readArray(const std::string& path, std::int64_t limit) {
    auto images = toTensor(readNpy(path));
    const bool bytes = images.scalar_type() == torch::kByte, floats = images.scalar_type() == torch::kFloat;
    if (bytes && images.dim() == 3) images = images.unsqueeze(1);
    const auto isChannels = [](std::int64_t n) { return n == 1 || n == 3; };
    if (bytes && images.dim() == 4 && !isChannels(images.size(1)) && isChannels(images.size(3))) images = images.permute({0, 3, 1, 2});
    if (!(bytes || floats) || images.dim() != 4 || images.numel() == 0)
        throw Error(ErrorCode::WrongKind, "'" + path + "' holds no images.",
                    "It needs uint8 [N, H, W, C] or float32 [N, C, H, W] in -1 to 1.");
    if (limit > 0) images = images.slice(0, 0, limit);
    return (floats ? quantise(images) : images).contiguous();
}

}  // namespace

torch::Tensor readImages(const std::string& path, std::int64_t limit) {
    std::error_code error;
    if (!fs::exists(path, error)) throw Error(ErrorCode::FileMissing, "There is no '" + path + "'.", "Check the path.");
    return fs::is_directory(path, error) ? readFolder(path, limit) : readArray(path, limit);
}

}  // namespace thaw::cli

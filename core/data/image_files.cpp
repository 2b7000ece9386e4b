// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/image_files.h"

#include "core/data/finite_rows.h"
#include "core/data/open_dataset.h"
#include "core/io/npy_tensor.h"
#include "core/values/error.h"

#include <torch/torch.h>

#include <filesystem>
#include <fstream>

namespace thaw {
namespace {

bool isNpy(const std::string& path) {
    char magic[6] = {};
    std::ifstream(path, std::ios::binary).read(magic, sizeof magic);
    return std::string_view(magic, sizeof magic) == "\x93NUMPY";
}

// Floating-point images in the order of networks.
torch::Tensor floatImages(const torch::Tensor& array, const std::string& path, std::int64_t limit) {
    const auto isChannels = [](std::int64_t n) { return n == 1 || n == 3; };
    auto images = array.dim() == 3 ? array.unsqueeze(1) : array;
    if (images.dim() == 4 && !isChannels(images.size(1)) && isChannels(images.size(3)))
        images = images.permute({0, 3, 1, 2});
    if (images.dim() != 4 || images.numel() == 0 || !isChannels(images.size(1)))
        throw Error(ErrorCode::WrongKind, "'" + path + "' holds no images.",
                    "It needs uint8 [N, H, W, C], or float32 or float64 [N, C, H, W], with 1 or 3 channels.");
    if (limit > 0) images = images.slice(0, 0, limit);
    if (const auto faults = rowsNotFinite(images))
        throw Error(ErrorCode::WrongKind, "'" + path + "' holds values that are not finite in " + faults.text() + ".",
                    "Leave such images out, or look for what made them.");
    return images.scalar_type() == torch::kHalf ? images.to(torch::kFloat).contiguous() : images.contiguous();
}

}  // namespace

torch::Tensor readImages(const std::string& path, std::int64_t limit) {
    std::error_code error;
    if (!std::filesystem::exists(path, error))
        throw Error(ErrorCode::FileMissing, "There is no '" + path + "'.", "Check the path.");
    if (std::filesystem::is_regular_file(path, error) && isNpy(path)) {
        const auto array = toTensor(readNpy(path));
        if (array.is_floating_point()) return floatImages(array, path, limit);
    }
    DatasetOptions options;
    options.strict = true;
    options.maxImages = limit;
    options.subset = Subset::First;
    return openDataset(path, options).images;
}

}  // namespace thaw

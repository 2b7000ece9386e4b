// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/image_files.h"

#include "core/data/open_dataset.h"
#include "core/diffusion/sampler.h"
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

}  // namespace

torch::Tensor readImages(const std::string& path, std::int64_t limit) {
    std::error_code error;
    if (!std::filesystem::exists(path, error))
        throw Error(ErrorCode::FileMissing, "There is no '" + path + "'.", "Check the path.");
    if (std::filesystem::is_regular_file(path, error) && isNpy(path)) {
        const auto array = toTensor(readNpy(path));
        if (array.scalar_type() == torch::kFloat) {
            if (array.dim() != 4 || array.numel() == 0)
                throw Error(ErrorCode::WrongKind, "'" + path + "' holds no images.",
                            "It needs uint8 [N, H, W, C] or float32 [N, C, H, W] in -1 to 1.");
            return quantise(limit > 0 ? array.slice(0, 0, limit) : array).contiguous();
        }
    }
    DatasetOptions options;
    options.strict = true;
    options.maxImages = limit;
    options.subset = Subset::First;
    return openDataset(path, options).images;
}

}  // namespace thaw

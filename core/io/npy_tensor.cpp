// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/npy_tensor.h"

#include "core/io/scalar_type.h"

#include <torch/torch.h>

#include <cstring>
#include <stdexcept>

namespace thaw {
torch::Tensor toTensor(const NpyArray& array) {
    auto tensor = torch::empty(array.shape, scalarType(array.type));
    if (tensor.nbytes() != array.data.size()) throw std::invalid_argument("npy: the data do not match the shape");
    if (!array.data.empty()) std::memcpy(tensor.data_ptr(), array.data.data(), array.data.size());
    return tensor;
}

NpyArray toNpy(const torch::Tensor& tensor) {
    const bool half = tensor.scalar_type() == torch::kHalf || tensor.scalar_type() == torch::kBFloat16;
    const auto flat = tensor.detach().to(torch::kCPU, half ? torch::kFloat : tensor.scalar_type()).contiguous();
    const auto type = numberType(flat.scalar_type());
    if (!type || namesOf(*type).numpy.empty())
        throw std::invalid_argument(std::string("npy: cannot write elements of type ") + toString(flat.scalar_type()));
    NpyArray array{flat.sizes().vec(), *type, {}};
    array.data.assign(static_cast<const char*>(flat.data_ptr()), flat.nbytes());
    return array;
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/npy_tensor.h"

#include <torch/torch.h>

#include <cstring>
#include <stdexcept>

namespace thaw {
namespace {

torch::ScalarType scalarType(NpyType type) {
    switch (type) {
    case NpyType::Float32: return torch::kFloat;
    case NpyType::Float64: return torch::kDouble;
    case NpyType::UInt8: return torch::kByte;
    case NpyType::Int64: return torch::kLong;
    }
    throw std::logic_error("npy: unknown element type");
}

NpyType npyType(torch::ScalarType type) {
    switch (type) {
    case torch::kFloat: return NpyType::Float32;
    case torch::kDouble: return NpyType::Float64;
    case torch::kByte: return NpyType::UInt8;
    case torch::kLong: return NpyType::Int64;
    default: throw std::invalid_argument(std::string("npy: cannot write elements of type ") + toString(type));
    }
}

}  // namespace

torch::Tensor toTensor(const NpyArray& array) {
    auto tensor = torch::empty(array.shape, scalarType(array.type));
    if (tensor.nbytes() != array.data.size()) throw std::invalid_argument("npy: the data do not match the shape");
    if (!array.data.empty()) std::memcpy(tensor.data_ptr(), array.data.data(), array.data.size());
    return tensor;
}

NpyArray toNpy(const torch::Tensor& tensor) {
    const bool half = tensor.scalar_type() == torch::kHalf || tensor.scalar_type() == torch::kBFloat16;
    const auto flat = tensor.detach().to(torch::kCPU, half ? torch::kFloat : tensor.scalar_type()).contiguous();
    NpyArray array{flat.sizes().vec(), npyType(flat.scalar_type()), {}};
    array.data.assign(static_cast<const char*>(flat.data_ptr()), flat.nbytes());
    return array;
}

}  // namespace thaw

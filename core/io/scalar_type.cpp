// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/scalar_type.h"

#include <torch/torch.h>

namespace thaw {

torch::ScalarType scalarType(NumberType type) {
    switch (type) {
    case NumberType::Float64: return torch::kDouble;
    case NumberType::Float32: return torch::kFloat;
    case NumberType::Float16: return torch::kHalf;
    case NumberType::BFloat16: return torch::kBFloat16;
    case NumberType::Int64: return torch::kLong;
    case NumberType::Int32: return torch::kInt;
    case NumberType::Int16: return torch::kShort;
    case NumberType::Int8: return torch::kChar;
    case NumberType::UInt8: return torch::kByte;
    case NumberType::Bool: break;
    }
    return torch::kBool;
}

std::optional<NumberType> numberType(torch::ScalarType type) {
    for (const auto& entry : kNumberTypes)
        if (scalarType(entry.type) == type) return entry.type;
    return {};
}

}  // namespace thaw

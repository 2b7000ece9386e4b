// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/number_type.h"

#include <torch/types.h>

#include <optional>

namespace thaw {

/// The same type of numbers in tensors and in files; nothing for tensors that files do not hold.
torch::ScalarType scalarType(NumberType type);
std::optional<NumberType> numberType(torch::ScalarType type);

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace thaw {

/// Numbers in C order (last dimension fastest). A scalar has an empty shape and one element.
struct NamedArray {
    using Values = std::variant<std::vector<double>, std::vector<std::uint8_t>, std::vector<std::int64_t>>;
    std::vector<std::int64_t> shape;
    Values values;  ///< as many as the product of the shape
};

/// What a `.npz` archive holds, for those who hand it over without knowing the format (core/lab/array_file.h writes it).
struct NamedArrays {
    std::map<std::string, NamedArray> arrays;
    std::map<std::string, std::string> texts;
};

}  // namespace thaw

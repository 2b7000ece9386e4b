// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/number_type.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace thaw {

/// A NumPy array: C order (last dimension fastest), little endian. A scalar has an empty shape and one element.
struct NpyArray {
    std::vector<std::int64_t> shape;
    NumberType type = NumberType::Float32;
    std::string data;  ///< raw bytes: bytesOf(type) times the product of the shape

    std::int64_t count() const;
    bool operator==(const NpyArray&) const = default;
};

/// Reads a `.npy` file, format version 1, 2 or 3, of floats, integers and bools of either byte order (npy_elements.h);
/// Fortran order is turned into C order. The header's claims are held against the size of the file before any memory is asked
/// for. Throws FileMissing, FileDamaged (truncated, wrong length), WrongKind (no .npy; texts, records, Python objects such as
/// a dictionary, which are named).
/// Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
NpyArray readNpy(const std::string& path);

/// Writes version 1.0, whole or not at all: float32, float64, uint8 or int64.
void writeNpy(const std::string& path, const NpyArray& array);

/// The same on bytes in memory; `source` names them in error messages.
NpyArray parseNpy(std::string_view bytes, const std::string& source);
std::string serialiseNpy(const NpyArray& array);

}  // namespace thaw

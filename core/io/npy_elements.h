// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/number_type.h"
#include "core/values/error.h"

#include <string>
#include <string_view>

namespace thaw {

/// How a `.npy` keeps its elements, and what they become in memory: float16 float32 float64, int8 to int64, uint8 and bool
/// stay what they are; uint16 becomes int32, uint32 and uint64 become int64; big-endian ones are turned.
struct NpyElements {
    NumberType type = NumberType::Float32;
    std::size_t bytes = 4;  ///< of one in the file
    bool bigEndian = false;
    bool widened = false;  ///< unsigned integers of more than 8 bits
};

/// What a header's `descr` says, e.g. "<i4". Throws WrongKind naming the type: text, dates, complex numbers.
NpyElements npyElements(std::string_view descr, const std::string& source);

/// The elements as `type`, little endian. Throws WrongKind naming a uint64 that int64 cannot hold.
std::string convertedElements(std::string data, const NpyElements& elements, const std::string& source);

/// WrongKind saying what an array of Python objects holds: a dictionary and its keys, a list, another object. `pickled` is what
/// follows the header; it is read as data, and nothing in it is executed.
Error refusedObjects(std::string_view pickled, const std::string& source);

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace thaw {

/// How a file holds the numbers of an array; all little endian.
enum class NumberType : std::uint8_t { Float64, Float32, Float16, BFloat16, Int64, Int32, Int16, Int8, UInt8, Bool };

/// What the file formats call a type. An empty name means that the format, or our part of it, does not have the type.
struct NumberTypeNames {
    NumberType type;
    std::size_t bytes;            ///< of one number
    std::string_view safeTensors; ///< dtype in the header of a .safetensors file
    std::string_view torchStorage;///< class of a storage in a pickled tensor
    std::string_view torchDtype;  ///< torch.*
    std::string_view numpy;       ///< descr of a .npy array
};
inline constexpr std::array<NumberTypeNames, 10> kNumberTypes{{
    {NumberType::Float64, 8, "F64", "DoubleStorage", "float64", "<f8"},
    {NumberType::Float32, 4, "F32", "FloatStorage", "float32", "<f4"},
    {NumberType::Float16, 2, "F16", "HalfStorage", "float16", ""},
    {NumberType::BFloat16, 2, "BF16", "BFloat16Storage", "bfloat16", ""},
    {NumberType::Int64, 8, "I64", "LongStorage", "int64", "<i8"},
    {NumberType::Int32, 4, "I32", "IntStorage", "int32", ""},
    {NumberType::Int16, 2, "I16", "ShortStorage", "int16", ""},
    {NumberType::Int8, 1, "I8", "CharStorage", "int8", ""},
    {NumberType::UInt8, 1, "U8", "ByteStorage", "uint8", "|u1"},
    {NumberType::Bool, 1, "BOOL", "BoolStorage", "bool", ""},
}};

constexpr const NumberTypeNames& namesOf(NumberType type) { return kNumberTypes[std::size_t(type)]; }

/// Bytes of one number.
constexpr std::size_t bytesOf(NumberType type) { return namesOf(type).bytes; }

/// The type of that name in one format: `numberType(&NumberTypeNames::safeTensors, "F32")`.
constexpr std::optional<NumberType> numberType(std::string_view NumberTypeNames::*format, std::string_view name) {
    for (const auto& entry : kNumberTypes)
        if (!name.empty() && entry.*format == name) return entry.type;
    return {};
}

}  // namespace thaw

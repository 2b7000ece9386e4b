// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace thaw::wire {

/// The lowest `size` bytes (8 at most) of a whole number, lowest first, whatever the order of this machine.
inline void putNumber(std::string& bytes, std::uint64_t value, std::size_t size) {
    char ordered[8];
    for (std::size_t i = 0; i < size; ++i) ordered[i] = char(static_cast<unsigned char>(value >> (8 * i)));
    bytes.append(ordered, size);
}

/// And back; there must be as many bytes.
inline std::uint64_t numberAt(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value |= std::uint64_t(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
    return value;
}

}  // namespace thaw::wire

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/deflate.h"

#include "core/wire/byte_order.h"

#include <zlib.h>

#include <new>

namespace thaw::wire {

namespace {
constexpr std::size_t kStatedLength = 4;
// Deflate shrinks at most 1032-fold, so a larger claim is a lie.
constexpr std::size_t kMostShrunk = 1032;
}  // namespace

std::string deflated(std::string_view bytes) {
    std::string packed;
    putNumber(packed, bytes.size(), kStatedLength);
    uLongf size = compressBound(uLong(bytes.size()));
    packed.resize(kStatedLength + size);
    const int result = compress2(reinterpret_cast<Bytef*>(packed.data() + kStatedLength), &size,
                                 reinterpret_cast<const Bytef*>(bytes.data()), uLong(bytes.size()), Z_BEST_SPEED);
    if (result != Z_OK) throw std::bad_alloc();  // the one thing that can fail where the target is large enough
    packed.resize(kStatedLength + size);
    return packed;
}

std::optional<std::string> inflated(std::string_view bytes, std::size_t longest) {
    if (bytes.size() < kStatedLength) return {};
    const std::size_t length = numberAt(bytes, 0, kStatedLength);
    const std::string_view stream = bytes.substr(kStatedLength);
    if (length > longest || length / kMostShrunk > stream.size()) return {};
    std::string plain(length, '\0');
    uLongf size = uLong(length);
    uLong used = uLong(stream.size());
    const int result = uncompress2(reinterpret_cast<Bytef*>(plain.data()), &size,
                                   reinterpret_cast<const Bytef*>(stream.data()), &used);
    if (result != Z_OK || size != length || used != stream.size()) return {};
    return plain;
}

}  // namespace thaw::wire

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/exif_orientation.h"

#include <cstdint>

namespace thaw {
namespace {

constexpr std::uint64_t kOrientationTag = 0x0112;
constexpr int kAsStored = 1;

// A number of `count` bytes; 0 beyond the end.
std::uint64_t numberAt(std::string_view bytes, std::size_t at, std::size_t count, bool littleEndian) {
    if (count > bytes.size() || at > bytes.size() - count) return 0;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < count; ++i)
        value = value << 8 | std::uint8_t(bytes[at + (littleEndian ? count - 1 - i : i)]);
    return value;
}

// Of a TIFF header and what follows it.
int orientationOfTiff(std::string_view tiff) {
    const bool little = tiff.starts_with("II");
    if ((!little && !tiff.starts_with("MM")) || numberAt(tiff, 2, 2, little) != 42) return kAsStored;
    const auto directory = std::size_t(numberAt(tiff, 4, 4, little));
    const auto entries = std::size_t(numberAt(tiff, directory, 2, little));
    for (std::size_t i = 0; i < entries; ++i) {
        const auto entry = directory + 2 + 12 * i;
        if (entry >= tiff.size()) break;
        if (numberAt(tiff, entry, 2, little) != kOrientationTag) continue;
        const auto value = numberAt(tiff, entry + 8, 2, little);
        return value >= 1 && value <= 8 ? int(value) : kAsStored;
    }
    return kAsStored;
}

}  // namespace

int orientationOfJpeg(std::string_view bytes) {
    constexpr std::string_view kExif("Exif\0\0", 6);
    // Segments: 0xff, a marker, a length that counts itself; the picture begins with "start of scan".
    for (std::size_t at = 2; at + 4 <= bytes.size() && std::uint8_t(bytes[at]) == 0xff;) {
        const auto marker = std::uint8_t(bytes[at + 1]);
        if (marker == 0xff) {  // a fill byte
            ++at;
            continue;
        }
        if (marker == 0xda) break;
        const auto length = std::size_t(numberAt(bytes, at + 2, 2, false));
        if (length < 2) break;
        const auto content = bytes.substr(at + 4, length - 2);
        if (marker == 0xe1 && content.starts_with(kExif)) return orientationOfTiff(content.substr(kExif.size()));
        at += 2 + length;
    }
    return kAsStored;
}

int orientationOfPng(std::string_view bytes) {
    // Chunks: length, name, content, checksum.
    for (std::size_t at = 8; at + 8 <= bytes.size();) {
        const auto length = std::size_t(numberAt(bytes, at, 4, false));
        if (bytes.substr(at + 4, 4) == "eXIf") return orientationOfTiff(bytes.substr(at + 8, length));
        at += 12 + length;
    }
    return kAsStored;
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/image_decode.h"

#include "core/data/exif_orientation.h"
#include "core/data/file_names.h"
#include "core/io/jpeg.h"
#include "core/io/png.h"
#include "core/values/error.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace thaw {
namespace {

constexpr std::uint64_t kMaxPixels = 64'000'000;
constexpr std::string_view kPngSignature = "\x89PNG\r\n\x1a\n";
// Signature, length and name of the IHDR chunk, width, height, depth, colour type.
constexpr std::size_t kPngHeaderBytes = 26;

std::uint64_t bigEndian(std::string_view bytes, std::size_t at) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8 | std::uint8_t(bytes[at + i]);
    return value;
}

DecodedImage decodePng(std::string_view bytes, const std::string& source) {
    if (bytes.size() < kPngHeaderBytes)
        throw Error(ErrorCode::FileDamaged, "'" + source + "' is damaged: it ends too early.",
                    "Copy or export it again.");
    const auto width = bigEndian(bytes, 16), height = bigEndian(bytes, 20);
    if (width * height > kMaxPixels)
        throw Error(ErrorCode::FileDamaged,
                    "'" + source + "' is damaged: it claims " + std::to_string(width) + " x " + std::to_string(height) +
                        " pixels.",
                    "Copy or export it again.");
    DecodedImage decoded{parsePng(bytes, source)};
    decoded.sixteenBit = bytes[24] == 16;
    decoded.alphaDropped = bytes[25] & 4;
    decoded.orientation = orientationOfPng(bytes) > 1;
    return decoded;
}

std::string formatOf(std::string_view bytes) {
    if (bytes.starts_with("RIFF") && bytes.size() > 12 && bytes.substr(8, 4) == "WEBP") return "a WebP image";
    if (bytes.starts_with("BM")) return "a BMP image";
    if (bytes.starts_with("GIF8")) return "a GIF image";
    if (bytes.starts_with("II*") || bytes.starts_with("MM")) return "a TIFF image";
    return {};
}

}  // namespace

DecodedImage decodeImage(std::string_view bytes, const std::string& source) {
    if (bytes.empty())
        throw Error(ErrorCode::FileDamaged, "'" + source + "' is damaged: it is empty.", "Copy or export it again.");
    if (bytes.starts_with(kPngSignature)) return decodePng(bytes, source);
    if (bytes.starts_with("\xff\xd8\xff")) {
        DecodedImage decoded{parseJpeg(bytes, source)};
        decoded.orientation = orientationOfJpeg(bytes) > 1;
        return decoded;
    }
    const auto format = formatOf(bytes);
    throw Error(ErrorCode::WrongKind,
                "'" + source + "' is " + (format.empty() ? "no image" : format) + "; PNG or JPEG is needed.",
                "Convert it to PNG.");
}

bool hasImageEnding(std::string_view name) {
    static constexpr std::array kExtensions{"png", "jpg", "jpeg", "webp", "bmp", "gif", "tif", "tiff"};
    const auto dot = name.rfind('.'), slash = name.rfind('/');
    if (dot == std::string_view::npos || (slash != std::string_view::npos && dot < slash)) return false;
    std::string extension(name.substr(dot + 1));
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char c) { return char(std::tolower(c)); });
    return std::find(kExtensions.begin(), kExtensions.end(), extension) != kExtensions.end();
}

bool isImageName(std::string_view name) { return hasImageEnding(name) && hiddenPartOf(name).empty(); }

}  // namespace thaw

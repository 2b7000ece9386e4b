// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/image.h"

#include <map>
#include <string>
#include <string_view>

namespace thaw {

/// Key and UTF-8 text of a PNG's text chunks, e.g. {"Software", "Thaw 0.1"}; a key has 1 to 79 Latin-1 characters.
using PngText = std::map<std::string, std::string>;

/// Decodes an 8-bit grey or RGB image; `source` names it in error messages. Palettes are expanded, fewer bits scaled up,
/// 16 bits scaled down, an alpha channel that hides nothing is dropped. Throws FileDamaged (truncated, bad checksum, a
/// size the file cannot hold), WrongKind (no PNG, or transparent pixels).
Image parsePng(std::string_view bytes, const std::string& source, PngText* text = nullptr);

/// Writes a grey or RGB image whole or not at all, with `text` as iTXt chunks. The bytes depend on the arguments alone.
void writePng(const std::string& path, const Image& image, const PngText& text = {});

}  // namespace thaw

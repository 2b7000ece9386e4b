// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/image.h"

#include <string>
#include <string_view>

namespace thaw {

/// An image of a data set, and what was converted to get 8-bit grey or RGB.
struct DecodedImage {
    Image image;
    bool sixteenBit = false;    ///< 16 bits a channel were scaled down to 8
    bool alphaDropped = false;  ///< an alpha channel that hid nothing
    bool orientation = false;   ///< its Exif orientation asks for another than the stored one; the image is not turned
};

/// A PNG or JPEG in memory, recognised by content; `source` names it in messages. At most 64 million pixels. Throws
/// FileDamaged, WrongKind (other formats by name, transparent pixels).
DecodedImage decodeImage(std::string_view bytes, const std::string& source);

/// Whether a file of that name would be an image: the usual extensions. The formats we cannot decode count too, so that they
/// are reported instead of passed over.
bool hasImageEnding(std::string_view name);
/// Whether a file of that relative name counts as an image of a data set: such an ending, and nowhere hidden (hiddenPartOf).
bool isImageName(std::string_view name);

}  // namespace thaw

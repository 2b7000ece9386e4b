// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/image.h"

#include <string>
#include <string_view>

namespace thaw {

/// Decodes a grey or colour JPEG in memory (YCbCr becomes RGB); `source` names it in error messages. Throws FileDamaged
/// (truncated, more than 64 million pixels claimed), WrongKind (no JPEG, CMYK).
Image parseJpeg(std::string_view bytes, const std::string& source);

}  // namespace thaw

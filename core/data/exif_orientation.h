// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace thaw {

/// The Exif orientation (tag 0x0112) of a JPEG's APP1 segment or a PNG's eXIf chunk: 1 as stored, 2 to 8 mirrored or turned;
/// 1 too where none is said or the Exif data are damaged. CIPA DC-008 (Exif 2.32), section 4.6.4.
int orientationOfJpeg(std::string_view bytes);
int orientationOfPng(std::string_view bytes);

}  // namespace thaw

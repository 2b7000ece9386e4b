// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace thaw {

/// SHA-256 in hexadecimal of the file behind a model's or data set's name; empty for folders of images, built-in data and
/// what cannot be read. Takes a second a gigabyte.
std::string sourceChecksum(const std::string& path, bool isModel);

}  // namespace thaw

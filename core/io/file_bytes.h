// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace thaw {

/// The whole file. Throws FileMissing when it is not there or cannot be read, WrongKind for a folder.
std::string readFileBytes(const std::string& path);

}  // namespace thaw

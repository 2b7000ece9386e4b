// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <iosfwd>
#include <string>

namespace thaw {

/// Writes a file whole or not at all: a temporary file beside it, fsync, rename over the target. A crash at any moment
/// leaves the old file or the new one. Throws FileMissing when the folder cannot be written or the disk is full.
void writeFileAtomically(const std::string& path, const std::function<void(std::ostream&)>& write);

}  // namespace thaw

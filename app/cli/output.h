// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace thaw::cli {

/// The ending of an output file in lower case, when it is one of `formats` (".png", ...). Throws Usage naming what this
/// program writes otherwise.
std::string outputFormat(const std::string& path, const std::vector<std::string>& formats);

/// Throws Configuration where the file exists and `force` is off, FileMissing where its folder does not exist: before
/// any work, not after it.
void requireNewFile(const std::string& path, bool force);

/// Throws Configuration where the folder exists and is not empty.
void requireNewFolder(const std::string& path);

/// Writes a text file whole or not at all.
void writeText(const std::string& path, const std::string& text);

}  // namespace thaw::cli

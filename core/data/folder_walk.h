// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/progress.h"

#include <string>
#include <vector>

namespace thaw {

struct FolderListing {
    std::vector<std::string> names;  ///< of files, relative to the folder, with '/', in the order of their bytes
    std::vector<std::string> notes;  ///< on links and folders that are left out, a sentence each
};

/// The files of a folder and its subfolders. Links are followed, but no folder is read twice: one that lies below has its own
/// name, not that of a link to it, and links to the folder itself or to one above it are left out and noted, as are links that
/// lead nowhere and folders that may not be read. Throws FileMissing; Interrupted by `progress`.
FolderListing filesBelow(const std::string& root, const Progress& progress = {});

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/resources.h"

#include "core/values/error.h"

#include <cstdlib>
#include <filesystem>
#include <vector>

namespace thaw {

std::string resourceFile(const std::string& name) {
    namespace fs = std::filesystem;
    std::vector<fs::path> folders;
    if (const char* chosen = std::getenv("THAW_RESOURCES")) {
        folders.emplace_back(chosen);
    } else {
        std::error_code error;
        const auto program = fs::read_symlink("/proc/self/exe", error);
        if (!error) folders.push_back(program.parent_path().parent_path() / "share" / "thaw");
        folders.emplace_back(THAW_SOURCE_RESOURCES);
    }
    for (const auto& folder : folders)
        if (std::error_code error; fs::exists(folder / name, error)) return (folder / name).string();
    throw Error(ErrorCode::FileMissing, "The embedded file '" + name + "' is not in '" + folders.back().string() + "'.",
                "Install Thaw again, or set THAW_RESOURCES to its resources folder.");
}

}  // namespace thaw

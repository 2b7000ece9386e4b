// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"

#include "core/io/atomic_file.h"
#include "core/values/error.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <ostream>

namespace thaw::cli {
namespace fs = std::filesystem;

std::string outputFormat(const std::string& path, const std::vector<std::string>& formats) {
    auto ending = fs::path(path).extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    if (std::find(formats.begin(), formats.end(), ending) != formats.end()) return ending;
    std::string known;
    for (std::size_t k = 0; k < formats.size(); ++k)
        known += (k == 0 ? "" : k + 1 == formats.size() ? " or " : ", ") + formats[k];
    throw Error(ErrorCode::Usage, "--out '" + path + "': this program writes " + known + " here.",
                "Give the file one of these endings.");
}

void requireNewFile(const std::string& path, bool force) {
    std::error_code error;
    if (fs::is_directory(path, error))
        throw Error(ErrorCode::Configuration, "'" + path + "' is a folder.", "Name a file.");
    if (!force && fs::exists(path, error))
        throw Error(ErrorCode::Configuration, "'" + path + "' exists already.",
                    "Choose another name, or replace it with --force.");
    const auto folder = fs::path(path).parent_path();
    if (!folder.empty() && !fs::is_directory(folder, error))
        throw Error(ErrorCode::FileMissing, "There is no folder '" + folder.string() + "' to write into.",
                    "Create it first.");
}

void requireNewFolder(const std::string& path) {
    std::error_code error;
    if (fs::exists(path, error) && (!fs::is_directory(path, error) || !fs::is_empty(path, error)))
        throw Error(ErrorCode::Configuration,
                    "'" + path + "' exists already and is not empty; nothing in it is overwritten.",
                    "Choose a new folder.");
}

void writeText(const std::string& path, const std::string& text) {
    writeFileAtomically(path, [&](std::ostream& stream) { stream << text; });
}

}  // namespace thaw::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/run_files.h"

#include "core/values/number_text.h"

#include <algorithm>
#include <filesystem>

namespace thaw {
namespace {

// Names have as many digits as are needed to sort by age.
std::vector<std::string> numberedIn(const std::string& runFolder, const std::string& prefix,
                                    const std::string& suffix) {
    std::vector<std::string> found;
    std::error_code error;
    std::filesystem::directory_iterator entry(runFolder, error);
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
        const auto name = entry->path().filename().string();
        if (name.starts_with(prefix) && name.ends_with(suffix)) found.push_back(entry->path().string());
    }
    std::sort(found.rbegin(), found.rend());
    return found;
}

double kimgIn(const std::string& path, const std::string& prefix) {
    const auto stem = std::filesystem::path(path).stem().string();
    return numberOf(stem.substr(prefix.size())).value_or(0) / 1000;
}

}  // namespace

std::vector<std::string> snapshotsOf(const std::string& runFolder) {
    return numberedIn(runFolder, "ema-", ".safetensors");
}

RunFiles runFiles(const std::string& runFolder) {
    RunFiles files;
    if (const auto snapshots = snapshotsOf(runFolder); !snapshots.empty()) {
        files.snapshot = snapshots.front();
        files.snapshotKimg = kimgIn(files.snapshot, "ema-");
    }
    if (const auto grids = numberedIn(runFolder, "fakes-", ".png"); !grids.empty()) {
        files.grid = grids.front();
        files.gridKimg = kimgIn(files.grid, "fakes-");
    }
    return files;
}

}  // namespace thaw

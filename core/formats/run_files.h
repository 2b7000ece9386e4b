// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace thaw {

/// The newest of what a run keeps beside its log; names carry the number of images seen.
struct RunFiles {
    std::string snapshot;     ///< path of the newest `ema-NNNNNNNNNN.safetensors`; empty = none yet
    double snapshotKimg = 0;  ///< thousand images that it has seen
    std::string grid;         ///< path of the newest `fakes-NNNNNNNNNN.png`; empty = none yet
    double gridKimg = 0;

    bool operator==(const RunFiles&) const = default;
};
/// Throws nothing: a folder that cannot be read has none.
RunFiles runFiles(const std::string& runFolder);

/// Every EMA snapshot of a run folder, the newest first. While a run goes on they come and go.
std::vector<std::string> snapshotsOf(const std::string& runFolder);

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

namespace thaw {

struct DeviceMemory {
    double usedMiB = 0, totalMiB = 0;  ///< of the whole GPU, by every program
};

/// Of the GPU that `device` (`auto`, `cuda`, `cuda:1`) names; nothing for the CPU and in builds without CUDA's headers. Asks the
/// driver, which may take a moment: not for the window's thread.
std::optional<DeviceMemory> deviceMemoryOf(const std::string& device);

}  // namespace thaw

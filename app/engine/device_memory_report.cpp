// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/device_memory_report.h"

#include "core/device/device_memory.h"

#include <cstdlib>

namespace thaw {

std::optional<DeviceMemory> deviceMemoryOf(const std::string& device) {
    if (device == "cpu") return {};
    const int index = device.rfind("cuda:", 0) == 0 ? std::atoi(device.c_str() + 5) : 0;
    const auto mib = deviceMemory(index);
    if (!mib) return {};
    return DeviceMemory{mib->used, mib->total};
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace thaw {

/// Every device of this machine, best first, each as `name` for --device and `title` for people.
struct DeviceInfo {
    std::string name;
    std::string title;
    bool bfloat16 = false;
};
std::vector<DeviceInfo> availableDevices();

/// Cores that this process may use, at least 1. No work takes more threads than these, however many are asked for: they
/// would only wait for each other.
int usableCores();

/// Chooses as chooseCompute (core/device/compute_device.h) does, for work in float, and sets LibTorch's thread count. Returns
/// the device's name, `cpu` or `cuda:0`. Throws NoDevice and Usage.
std::string prepareDevice(const std::string& device, int threads);

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

namespace thaw {

/// MiB in use and MiB there are on CUDA device number `index`, by every program on it; nothing without one, and in builds
/// without CUDA's headers.
struct DeviceMiB {
    double used = 0, total = 0;
};
std::optional<DeviceMiB> deviceMemory(int index);

/// Gives what the allocators keep for speed back to the system: glibc's heap and, in a build with CUDA's headers,
/// LibTorch's cache of freed device blocks. Returns MiB of resident and device memory freed; 0 where nobody can tell.
double releaseCaches();

}  // namespace thaw

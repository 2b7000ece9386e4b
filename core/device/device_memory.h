// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

namespace thaw {

/// MiB in use and MiB there are on CUDA device number `index`, by every program on it; nothing without one, and with a
/// LibTorch that does not tell (before about 2.10).
struct DeviceMiB {
    double used = 0, total = 0;
};
std::optional<DeviceMiB> deviceMemory(int index);

/// The most that tensors of this process have held of it at once, in MiB; 0 where nobody can tell.
double peakDeviceMiB(int index);

/// The most memory this process has had resident at once, in MiB; 0 where nobody can tell. Since its program started: what the
/// program that started it held, which getrusage() hands on to the next, does not count.
double peakResidentMiB();

/// Gives what the allocators keep for speed back to the system: glibc's heap and LibTorch's cache of freed device blocks. Returns MiB of resident and device memory freed; 0 where nobody can tell.
double releaseCaches();

}  // namespace thaw

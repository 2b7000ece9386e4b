// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace thaw {

/// Gives what the allocators keep for speed back to the system: glibc's heap and, in a build with CUDA's headers,
/// LibTorch's cache of freed device blocks. Returns MiB of resident and device memory freed; 0 where nobody can tell.
double releaseCaches();

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/device_memory.h"

#include <torch/version.h>

// LibTorch's interface to the memory of every device; it came late in 2.x and needs no headers of CUDA.
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 9)
#include <c10/core/CachingDeviceAllocator.h>
#define THAW_DEVICE_ALLOCATOR
#endif
#include <torch/cuda.h>

#include <algorithm>
#include <fstream>
#include <string>

#ifdef __linux__
#include <unistd.h>
#endif
#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace thaw {
namespace {

constexpr double kMiB = 1024 * 1024;

double resident() {
#ifdef __linux__
    std::ifstream file("/proc/self/statm");
    double size = 0, pages = 0;
    if (file >> size >> pages) return pages * double(sysconf(_SC_PAGESIZE));
#endif
    return 0;
}

#ifdef THAW_DEVICE_ALLOCATOR
// Templates, because the members came one after the other.
template <class Allocator>
std::optional<DeviceMiB> memoryOf(Allocator& allocator, int index) {
    if constexpr (requires { allocator.getMemoryInfo(0); }) {
        const auto [free, total] = allocator.getMemoryInfo(c10::DeviceIndex(index));
        return DeviceMiB{double(total - free) / kMiB, double(total) / kMiB};
    }
    return {};
}

template <class Allocator>
double peakOf(Allocator& allocator, int index) {
    if constexpr (requires { allocator.getDeviceStats(0).allocated_bytes; })
        // The first of several kinds of statistics is that of all blocks.
        return double(allocator.getDeviceStats(c10::DeviceIndex(index)).allocated_bytes[0].peak) / kMiB;
    return 0;
}

template <class Allocator>
void releaseOf(Allocator& allocator) {
    if constexpr (requires { allocator.emptyCache(); }) allocator.emptyCache();
}

c10::DeviceAllocator* deviceAllocator() {
    return torch::cuda::is_available() ? c10::getDeviceAllocator(c10::kCUDA) : nullptr;
}
#endif

double deviceFreeMiB() {
    const auto memory = deviceMemory(0);
    return memory ? memory->total - memory->used : 0;
}

}  // namespace

std::optional<DeviceMiB> deviceMemory([[maybe_unused]] int index) {
#ifdef THAW_DEVICE_ALLOCATOR
    if (auto* allocator = deviceAllocator()) return memoryOf(*allocator, index);
#endif
    return {};
}

double peakDeviceMiB([[maybe_unused]] int index) {
#ifdef THAW_DEVICE_ALLOCATOR
    if (auto* allocator = deviceAllocator()) return peakOf(*allocator, index);
#endif
    return 0;
}

double peakResidentMiB() {
#ifdef __linux__
    std::ifstream file("/proc/self/status");
    double kib = 0;
    for (std::string word; file >> word;)
        if (word == "VmHWM:" && file >> kib) return kib / 1024;
#endif
    return 0;
}

double releaseCaches() {
    const double before = resident(), free = deviceFreeMiB();
#ifdef THAW_DEVICE_ALLOCATOR
    if (auto* allocator = deviceAllocator()) releaseOf(*allocator);
#endif
#ifdef __GLIBC__
    malloc_trim(0);
#endif
    return std::max(0.0, before - resident()) / kMiB + std::max(0.0, deviceFreeMiB() - free);
}

}  // namespace thaw

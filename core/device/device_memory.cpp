// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/device_memory.h"

#include <algorithm>
#include <fstream>

#ifdef __linux__
#include <unistd.h>
#endif
#ifdef __GLIBC__
#include <malloc.h>
#endif
#ifdef THAW_CUDA_HEADERS
#include <c10/cuda/CUDACachingAllocator.h>
#include <cuda_runtime_api.h>
#include <torch/cuda.h>
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

double deviceFree() {
#ifdef THAW_CUDA_HEADERS
    std::size_t free = 0, total = 0;
    if (torch::cuda::is_available() && cudaMemGetInfo(&free, &total) == cudaSuccess) return double(free);
#endif
    return 0;
}

}  // namespace

std::optional<DeviceMiB> deviceMemory([[maybe_unused]] int index) {
#ifdef THAW_CUDA_HEADERS
    std::size_t free = 0, total = 0;
    if (torch::cuda::is_available() && cudaSetDevice(index) == cudaSuccess &&
        cudaMemGetInfo(&free, &total) == cudaSuccess)
        return DeviceMiB{double(total - free) / kMiB, double(total) / kMiB};
#endif
    return {};
}

double releaseCaches() {
    const double before = resident(), free = deviceFree();
#ifdef THAW_CUDA_HEADERS
    if (torch::cuda::is_available()) c10::cuda::CUDACachingAllocator::emptyCache();
#endif
#ifdef __GLIBC__
    malloc_trim(0);
#endif
    return std::max(0.0, before - resident()) / kMiB + std::max(0.0, deviceFree() - free) / kMiB;
}

}  // namespace thaw

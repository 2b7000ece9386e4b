// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <cstdint>
#include <vector>

/// A GPU's manners without a GPU: a device whose tensors lie in host memory but are not the CPU's. Every operation is the
/// CPU's own kernel on the same memory, so that values can be compared; what a GPU refuses throws (operands on two devices,
/// kernels that read a tensor's memory as the host's, random numbers of the device), and what makes a host wait for a GPU is
/// counted. It takes the place of LibTorch's XPU, which no build of this project has.
namespace thaw::elsewhere {

inline const torch::Device kDevice{torch::kXPU, 0};

/// Since the last `reset`: numbers asked for (`item`, `cpu`, `nonzero`, ...) and copies to the device that block the host.
struct Waits {
    std::int64_t reads = 0, uploads = 0;
    std::int64_t all() const { return reads + uploads; }
};
Waits waits();
void resetWaits();

/// While one lives, whatever waits throws, with the operation's name.
class NoWaiting {
public:
    NoWaiting();
    ~NoWaiting();
    NoWaiting(const NoWaiting&) = delete;
    NoWaiting& operator=(const NoWaiting&) = delete;
};

/// While one lives, the device holds no more than `bytes` beyond what it held before; more is refused as a GPU refuses it.
class MemoryLimit {
public:
    explicit MemoryLimit(std::int64_t bytes);
    ~MemoryLimit();
    MemoryLimit(const MemoryLimit&) = delete;
    MemoryLimit& operator=(const MemoryLimit&) = delete;
};
std::int64_t bytesHeld();

/// This device, and a GPU where there is one.
std::vector<torch::Device> devices();

}  // namespace thaw::elsewhere

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>
#include <torch/csrc/distributed/c10d/ProcessGroup.hpp>
#include <torch/csrc/distributed/c10d/Store.hpp>

#include <chrono>

namespace thaw {

/// A group of c10d's between CPUs. GLOO_SOCKET_IFNAME names the network interface, as for torch.distributed. Throws NoDevice
/// where LibTorch was built without Gloo.
c10::intrusive_ptr<c10d::ProcessGroup> makeGlooGroup(const c10::intrusive_ptr<c10d::Store>& store, int rank, int size,
                                                     std::chrono::milliseconds timeout);

/// A group for tensors on `device`: NCCL's on a GPU where LibTorch has it, else one of Gloo.
c10::intrusive_ptr<c10d::ProcessGroup> makeDeviceGroup(const c10::intrusive_ptr<c10d::Store>& store, int rank, int size,
                                                       torch::Device device, std::chrono::milliseconds timeout);

}  // namespace thaw

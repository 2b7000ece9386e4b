// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/upload.h"

#include <torch/torch.h>

namespace thaw {

torch::Tensor uploaded(const torch::Tensor& host, torch::Device device) {
    if (!host.defined() || host.device() == device) return host;
    if (!host.is_cpu()) return host.to(device);
    // What is not dense would go through a buffer that is not pinned.
    const auto dense = host.is_non_overlapping_and_dense() ? host : host.contiguous();
    return (device.is_cuda() ? dense.pin_memory() : dense).to(device, /*non_blocking=*/true);
}

}  // namespace thaw

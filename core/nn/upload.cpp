// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/upload.h"

#include <torch/torch.h>

namespace thaw {

torch::Tensor uploaded(const torch::Tensor& host, torch::Device device) {
    if (!host.defined() || host.device() == device) return host;
    return (device.is_cuda() ? host.pin_memory() : host).to(device, /*non_blocking=*/true);
}

}  // namespace thaw

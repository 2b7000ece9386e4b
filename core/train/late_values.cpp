// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/late_values.h"

#include <c10/core/impl/VirtualGuardImpl.h>
#include <torch/torch.h>

#include <chrono>
#include <thread>

namespace thaw {

LateValues::LateValues(const torch::Tensor& values) {
    const auto doubles = values.detach().to(torch::kDouble);
    if (doubles.device().is_cpu()) {
        host_ = doubles;
        return;
    }
    // Only into pinned memory does a GPU copy by itself.
    host_ =
        torch::empty(doubles.sizes(), torch::TensorOptions(torch::kDouble).pinned_memory(doubles.device().is_cuda()));
    host_.copy_(doubles, /*non_blocking=*/true);
    copied_ = std::make_shared<c10::Event>(doubles.device().type());
    copied_->record(c10::impl::VirtualGuardImpl(doubles.device().type()).getStream(doubles.device()));
}

const std::vector<double>& LateValues::read() {
    if (!host_.defined()) return values_;
    // LibTorch 1.13 can only ask an event; a nap leaves the core to whoever prepares the next batch.
    while (copied_ && !copied_->query()) std::this_thread::sleep_for(std::chrono::microseconds(20));
    copied_.reset();
    const auto host = host_.contiguous();
    values_.assign(host.data_ptr<double>(), host.data_ptr<double>() + host.numel());
    host_ = torch::Tensor();
    return values_;
}

}  // namespace thaw

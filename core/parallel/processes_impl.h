// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/parallel/processes.h"

#include <torch/csrc/distributed/c10d/ProcessGroup.hpp>

#include <functional>

namespace thaw {

struct Processes::Impl {
    ProcessPlace place;
    c10::intrusive_ptr<c10d::ProcessGroup> control;  ///< Gloo, of tensors on the CPU: what is agreed upon between steps
    c10::intrusive_ptr<c10d::ProcessGroup> data;     ///< of the device's: gradients and sums
};

/// Does `work` that waits for other processes; c10d's own exceptions become ProcessLost.
void withOthers(const Processes& processes, const std::function<void()>& work);

}  // namespace thaw

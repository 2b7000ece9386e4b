// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/parallel/processes.h"

#include <torch/csrc/distributed/c10d/ProcessGroup.hpp>

namespace thaw {

struct Processes::Impl {
    ProcessPlace place;
    c10::intrusive_ptr<c10d::ProcessGroup> control;  ///< Gloo, of tensors on the CPU: what is agreed upon between steps
    c10::intrusive_ptr<c10d::ProcessGroup> data;     ///< of the device's: gradients and sums
};

}  // namespace thaw

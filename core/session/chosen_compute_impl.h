// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/device/compute_device.h"
#include "core/session/session.h"

namespace thaw {

/// chooseCompute, with the processes that share the work.
ComputeDevice computeOf(const ComputeOptions& options);

}  // namespace thaw

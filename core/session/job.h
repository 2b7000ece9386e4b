// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "core/values/process_place.h"

#include <optional>

namespace thaw {

/// Where a launcher (torchrun, srun; see processPlaceOf) started this process as one of several, finds the others, which
/// share runs and evaluations with these options from now on. An open choice of the device becomes the GPU of the process's
/// own number, an open number of threads its share of the machine's cores (OMP_NUM_THREADS goes before). A job of one
/// process has nobody to find. Nothing, and nothing changed, where no launcher did. Throws Usage, and ProcessLost where
/// the others do not come.
std::optional<ProcessPlace> joinJob(ComputeOptions& options);
/// The same for processes that work side by side without waiting for each other: device and threads alone.
std::optional<ProcessPlace> takePlace(ComputeOptions& options);

/// Whether one of the processes that share these options' work asks for something, to stop for example. All have to ask.
bool anyProcess(const ComputeOptions& options, bool here);

}  // namespace thaw

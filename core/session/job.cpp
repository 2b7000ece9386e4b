// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/job.h"

#include "core/parallel/processes.h"
#include "core/session/chosen_compute_impl.h"

#include <torch/torch.h>

#include <algorithm>
#include <cstdlib>

namespace thaw {
namespace {

const char* launchersWord(const char* name) { return std::getenv(name); }

int processesHere() {
    for (const char* name : {"LOCAL_WORLD_SIZE", "SLURM_NTASKS_PER_NODE"})
        if (const char* text = launchersWord(name)) return std::max(1, std::atoi(text));
    return 1;
}

}  // namespace

ComputeDevice computeOf(const ComputeOptions& options) {
    auto compute = chooseCompute(options.device, options.precision, options.threads);
    compute.processes = options.processes;
    return compute;
}

std::optional<ProcessPlace> takePlace(ComputeOptions& options) {
    const auto place = processPlaceOf(launchersWord);
    if (!place) return {};
    const int gpus = int(torch::cuda::device_count());
    if (gpus > 0 && (options.device == "auto" || options.device == "cuda"))
        options.device = "cuda:" + std::to_string(place->localRank % gpus);
    if (options.threads == 0 && !launchersWord("OMP_NUM_THREADS"))
        options.threads = std::max(1, usableCores() / processesHere());
    return place;
}

std::optional<ProcessPlace> joinJob(ComputeOptions& options) {
    const auto place = takePlace(options);
    if (!place) return {};
    const auto compute = chooseCompute(options.device, options.precision, options.threads);
    if (place->size > 1) options.processes = Processes::join(*place, compute.device);
    return place;
}

bool anyProcess(const ComputeOptions& options, bool here) {
    return options.processes ? options.processes->any(here) : here;
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "core/values/benchmark.h"
#include "core/values/progress.h"

#include <string>
#include <vector>

namespace thaw {

/// What to time. `model` is a file, a run folder, `builtin`, or one of `benchmarkShapes()` with random weights. Training
/// workloads learn from random images of the model's size, so that no data set is needed.
struct BenchmarkRequest {
    std::string workload = "one-step";  ///< BenchmarkInfo::name
    std::string model = "builtin";
    int batch = 64;
    int microBatch = 0;   ///< of fine-tuning: FinetuneConfig::microBatch
    int repetitions = 5;  ///< timed; one more goes before them and does not count
    int steps =
        0;  ///< training steps, or batches, of one repetition; 0 = as many as take a second, R1's share included
    ComputeOptions compute;
};

/// The published shapes: `cifar-ddpmpp`, `cifar-ncsnpp`, `ncsnpp-64`, `adm-64`.
std::vector<std::string> benchmarkShapes();

/// Times a workload and, in the same run, its ceiling. Throws Usage (unknown names), Configuration, Interrupted.
BenchmarkResult runBenchmark(const BenchmarkRequest& request, const Progress& progress = {});

}  // namespace thaw

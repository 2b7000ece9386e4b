// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace thaw {

/// What a workload is, for lists and tables.
struct BenchmarkInfo {
    std::string name;   ///< `finetune`, `pretrain`, `one-step`, `multi-step`, `spectra`, `frechet`
    std::string title;  ///< in words
    std::string unit;   ///< `images/s` or `distances/s`: more is better
};
const std::vector<BenchmarkInfo>& benchmarks();

/// What was measured in one run. The ceiling is what the same machine reaches in the same run with the convolutions of
/// the workload alone, in the workload's number type: nothing that computes those convolutions in this library's way can
/// be faster.
struct BenchmarkResult {
    std::string name, model;
    int batch = 0;
    double value = 0;          ///< in the unit of the workload, from the median of the repetitions
    double ceiling = 0;        ///< in the same unit; 0 where there is none (frechet)
    double low = 0, high = 0;  ///< slowest and fastest repetition
    int repetitions = 0;
    double peakMiB = 0;        ///< resident memory of the process at its highest so far
    double devicePeakMiB = 0;  ///< of a GPU, held by tensors at once; 0 on the CPU and where LibTorch does not tell
    std::string device;        ///< "CPU, 2 threads, bf16"

    double share() const { return ceiling > 0 ? value / ceiling : 0; }
};

}  // namespace thaw

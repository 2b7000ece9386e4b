// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/benchmark.h"

namespace thaw {

const std::vector<BenchmarkInfo>& benchmarks() {
    static const std::vector<BenchmarkInfo> all{
        {"finetune", "a D2O-F step: G, D, R1 every 16th step, EMA", "images/s"},
        {"pretrain", "an EDM pre-training step", "images/s"},
        {"one-step", "sampling in one step", "images/s"},
        {"multi-step", "sampling in 18 steps of Heun (35 network calls)", "images/s"},
        {"spectra", "power spectra of every block at 16 noise levels", "images/s"},
        {"frechet", "the Fréchet distance of two sets of 2048 features", "distances/s"},
    };
    return all;
}

}  // namespace thaw

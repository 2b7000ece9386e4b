// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/device/devices.h"
#include "core/nn/fused_ops.h"
#include "core/parallel/processes.h"
#include "core/values/run_record.h"
#include "core/values/train_config.h"

#include <torch/types.h>

#include <string>

namespace thaw {

/// The device and number types that were chosen for all work.
struct ComputeDevice {
    torch::Device device = torch::kCPU;
    torch::ScalarType trainType = torch::kFloat;  ///< activations of training steps; sampling and metrics use float
    int threads = 1;
    ProcessesPtr processes = {};  ///< that compute the same run or evaluation together; none = this one alone

    ForwardMode training() const { return {trainType, false}; }
    /// For R1: differentiated twice, in float.
    static ForwardMode penalty() { return {torch::kFloat, true}; }
    /// e.g. "CPU, 2 threads, bf16"
    std::string title() const;
};

/// `device`: auto, cpu, cuda or cuda:N. `Precision::Auto` takes bfloat16 where the hardware multiplies it natively.
/// Sets LibTorch's thread count. Throws NoDevice and Usage.
ComputeDevice chooseCompute(const std::string& device, Precision precision, int threads);

/// The same device for training steps in another number type; `Precision::Auto` changes nothing.
ComputeDevice withPrecision(ComputeDevice compute, Precision precision);

/// All that decides about the last bit: device, number type, threads, instruction sets and versions.
RunEnvironment environmentOf(const ComputeDevice& compute);

}  // namespace thaw

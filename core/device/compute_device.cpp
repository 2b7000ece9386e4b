// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/compute_device.h"

#include "core/nn/fused_kernels.h"
#include "core/values/error.h"
#include "core/values/train_words.h"

#include <ATen/Version.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <torch/torch.h>
#include <torch/version.h>

#include <dlfcn.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <thread>

namespace thaw {
namespace {

bool cpuMultipliesBf16() {
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx512bf16");
#else
    return false;
#endif
}

std::string cpuName() {
    std::ifstream stream("/proc/cpuinfo");
    for (std::string line; std::getline(stream, line);)
        if (line.rfind("model name", 0) == 0)
            if (const auto colon = line.find(": "); colon != std::string::npos) return line.substr(colon + 2);
    return "CPU";
}

// LibTorch's kernels for this processor, from the line "CPU capability usage: AVX512" of its own description.
std::string libTorchInstructionSet() {
    static constexpr std::string_view kKey = "CPU capability usage: ";
    const auto text = at::show_config();
    const auto begin = text.find(kKey);
    if (begin == std::string::npos) return "unknown";
    return text.substr(begin + kKey.size(), text.find('\n', begin) - begin - kKey.size());
}

// OMP_NUM_THREADS is how clusters and test runners share a machine; it counts where --threads is not given.
int defaultThreads() {
    const char* wanted = std::getenv("OMP_NUM_THREADS");
    const int threads = wanted ? std::atoi(wanted) : 0;
    return threads > 0 ? std::min(threads, usableCores()) : usableCores();
}

// LibTorch calls BLAS for small products only. An OpenBLAS with threads of its own fights LibTorch's for the cores
// (seen: ten times slower steps), so it gets one.
void keepBlasSingleThreaded() {
    if (auto* set = reinterpret_cast<void (*)(int)>(::dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))) set(1);
}

// A step allocates and frees the same large maps again and again. Without this glibc gives each back to the system, which
// clears its pages before the next one gets them.
void keepLargeBlocks() {
#if defined(__GLIBC__)
    ::mallopt(M_MMAP_THRESHOLD, 256 << 20);
    ::mallopt(M_TRIM_THRESHOLD, 512 << 20);
#endif
}

// Full float where float is asked for: TF32 keeps ten bits, too few for R1 and for comparing with a CPU. Convolutions come in
// a few sizes again and again, so the search for the fastest kernel pays. What names no GPU, pinned memory for example,
// shall come from this one: several processes of a machine would all take memory of the first.
void setUpCuda(torch::Device device) {
    c10::impl::VirtualGuardImpl(torch::kCUDA).setDevice(device);
    at::globalContext().setAllowTF32CuDNN(false);
    at::globalContext().setBenchmarkCuDNN(true);
}

torch::Device parseDevice(const std::string& name) {
    const int gpus = int(torch::cuda::device_count());
    if (name == "auto") return gpus > 0 ? torch::Device(torch::kCUDA, 0) : torch::Device(torch::kCPU);
    if (name == "cpu") return torch::kCPU;
    const bool indexed = name.rfind("cuda:", 0) == 0 && name.size() > 5 && name.size() < 9 &&
                         name.find_first_not_of("0123456789", 5) == std::string::npos;
    if (name != "cuda" && !indexed)
        throw Error(ErrorCode::Usage, "'" + name + "' is no device name.", "Use auto, cpu, cuda or cuda:0.");
    const int index = indexed ? std::stoi(name.substr(5)) : 0;
    if (index >= gpus)
        throw Error(ErrorCode::NoDevice,
                    "There is no device '" + name + "': LibTorch sees " + std::to_string(gpus) + " CUDA devices.",
                    "Use --device cpu, or a CUDA build of LibTorch (see 'thaw-cli devices').");
    return torch::Device(torch::kCUDA, torch::DeviceIndex(index));
}

}  // namespace

std::string ComputeDevice::title() const { return titleOf(environmentOf(*this)); }

ComputeDevice withPrecision(ComputeDevice compute, Precision precision) {
    if (precision == Precision::Float32) compute.trainType = torch::kFloat;
    if (precision == Precision::BFloat16) compute.trainType = torch::kBFloat16;
    return compute;
}

RunEnvironment environmentOf(const ComputeDevice& compute) {
    RunEnvironment environment;
    environment.device = compute.device.str();
    environment.processor = compute.device.is_cuda() ? "GPU beside " + cpuName() : cpuName();
    environment.precision = wordFor(compute.trainType == torch::kBFloat16 ? Precision::BFloat16 : Precision::Float32);
    environment.threads = compute.threads;
    environment.processes = countOf(compute.processes);
    environment.kernels = fusedKernels().name;
    environment.instructionSet = libTorchInstructionSet();
    environment.thaw = THAW_VERSION;
    environment.libtorch = TORCH_VERSION;
    return environment;
}

ComputeDevice chooseCompute(const std::string& device, Precision precision, int threads) {
    if (threads < 0 || threads > 4096)
        throw Error(ErrorCode::Usage, "threads is " + std::to_string(threads) + ".",
                    "Use 1 to 4096, or 0 for all cores.");
    ComputeDevice compute;
    compute.device = parseDevice(device);
    compute.threads = threads > 0 ? std::min(threads, usableCores()) : defaultThreads();
    keepBlasSingleThreaded();
    keepLargeBlocks();
    if (compute.device.is_cuda()) setUpCuda(compute.device);
    torch::set_num_threads(compute.threads);
    const bool native = compute.device.is_cuda() || cpuMultipliesBf16();
    if (precision == Precision::BFloat16 || (precision == Precision::Auto && native))
        compute.trainType = torch::kBFloat16;
    return compute;
}

std::string prepareDevice(const std::string& device, int threads) {
    return chooseCompute(device, Precision::Float32, threads).device.str();
}

int usableCores() { return int(std::max(1u, std::thread::hardware_concurrency())); }

std::vector<DeviceInfo> availableDevices() {
    std::vector<DeviceInfo> devices;
    for (int i = 0; i < int(torch::cuda::device_count()); ++i)
        devices.push_back({"cuda:" + std::to_string(i), "CUDA device " + std::to_string(i), true});
    devices.push_back({"cpu", cpuName() + ", " + std::to_string(usableCores()) + " threads", cpuMultipliesBf16()});
    return devices;
}

}  // namespace thaw

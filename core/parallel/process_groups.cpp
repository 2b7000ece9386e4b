// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/parallel/process_groups.h"

#include "core/values/error.h"

#include <torch/version.h>
// Its header needs Gloo's own, which LibTorch does not bring along.
#if defined(USE_C10D_GLOO) && __has_include(<gloo/rendezvous/store.h>)
#define THAW_GLOO
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#endif
#if defined(USE_C10D_NCCL)
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>
#endif

#include <cstdlib>
#include <vector>

namespace thaw {
namespace {

using Group = c10::intrusive_ptr<c10d::ProcessGroup>;
using Store = c10::intrusive_ptr<c10d::Store>;

// Since 2.0 a group hands each kind of tensor to a backend, which has to be named for each; before, it was one.
#if TORCH_VERSION_MAJOR >= 2
template <typename Backend>
Group groupOf(c10::intrusive_ptr<Backend> backend, const Store& store, int rank, int size,
              const std::vector<torch::DeviceType>& devices, c10d::ProcessGroup::BackendType type) {
    auto group = c10::make_intrusive<c10d::ProcessGroup>(store, rank, size);
    for (const auto device : devices)
        group->setBackend(device, type, c10::optional<c10::intrusive_ptr<c10d::Backend>>(backend));
    group->setDefaultBackend(type);
    return group;
}
#endif

}  // namespace

Group makeGlooGroup(const Store& store, int rank, int size, std::chrono::milliseconds timeout) {
#if defined(THAW_GLOO)
    auto options = c10d::ProcessGroupGloo::Options::create(timeout);
    const char* interface = std::getenv("GLOO_SOCKET_IFNAME");
    options->devices.push_back(interface && *interface ? c10d::ProcessGroupGloo::createDeviceForInterface(interface)
                                                       : c10d::ProcessGroupGloo::createDefaultDevice());
    auto gloo = c10::make_intrusive<c10d::ProcessGroupGloo>(store, rank, size, options);
#if TORCH_VERSION_MAJOR >= 2
    // A GPU's tensors too, which it takes through the host, for LibTorch without NCCL.
    return groupOf(gloo, store, rank, size, {torch::kCPU, torch::kCUDA}, c10d::ProcessGroup::BackendType::GLOO);
#else
    return gloo;
#endif
#else
    throw Error(ErrorCode::NoDevice, "This build has no Gloo, which several processes of one job need.",
                "Use a build against a LibTorch with it, or one process.");
#endif
}

Group makeDeviceGroup(const Store& store, int rank, int size, torch::Device device, std::chrono::milliseconds timeout) {
#if defined(USE_C10D_NCCL)
    if (device.is_cuda()) {
        auto options = c10d::ProcessGroupNCCL::Options::create();
        options->timeout = timeout;
        auto nccl = c10::make_intrusive<c10d::ProcessGroupNCCL>(store, rank, size, options);
#if TORCH_VERSION_MAJOR >= 2
        return groupOf(nccl, store, rank, size, {torch::kCUDA}, c10d::ProcessGroup::BackendType::NCCL);
#else
        return nccl;
#endif
    }
#else
    static_cast<void>(device);
#endif
    return makeGlooGroup(store, rank, size, timeout);
}

}  // namespace thaw

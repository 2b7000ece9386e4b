// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/process_place.h"

#include <torch/types.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace thaw {

/// The processes of one job that compute the same thing together, by LibTorch's c10d: Gloo between CPUs, NCCL between GPUs
/// where LibTorch has it (else Gloo, through the host). Every function here has to be called by all of them, in the same
/// order. When one is lost the others find out in their next call, which throws ProcessLost; the job is over then.
class Processes {
public:
    /// Finds the others, waiting for them up to `patience`. `device`: what this one computes on. Throws ProcessLost where
    /// they do not come, NoDevice where this LibTorch was built without c10d.
    static std::shared_ptr<Processes> join(const ProcessPlace& place, torch::Device device,
                                           std::chrono::seconds patience = std::chrono::minutes(5));
    ~Processes();
    Processes(const Processes&) = delete;
    Processes& operator=(const Processes&) = delete;

    int rank() const;
    int size() const;
    const ProcessPlace& place() const;
    bool isFirst() const { return rank() == 0; }
    Rows rowsOf(std::int64_t n) const { return rowsOfProcess(n, rank(), size()); }

    /// `values` becomes the sum of those of all processes, where it lies. On a GPU it is ready when the device is.
    void sum(torch::Tensor& values) const;
    /// The tensors of all processes, by rank. They are on the CPU and may differ in size along dimension `dim` alone.
    std::vector<torch::Tensor> gather(const torch::Tensor& mine, std::int64_t dim = 0) const;
    /// Whether it is so in any process.
    bool any(bool here) const;
    /// What process 0 says.
    std::string fromFirst(const std::string& text) const;
    /// Returns when all have come here.
    void meet() const;

    struct Impl;  ///< for the other files of this folder
    const Impl& impl() const { return *impl_; }

private:
    explicit Processes(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// Does `work` that waits for other processes; c10d's own exceptions become ProcessLost.
void withOthers(const Processes& processes, const std::function<void()>& work);

/// None is one process by itself, for which all of this costs nothing.
using ProcessesPtr = std::shared_ptr<Processes>;

/// Does this process's part, which waits for no other. Where it throws in one of them it ends in all: the others throw
/// ProcessLost with the words of the first that threw, since what they would wait for never comes.
void allOrNone(const ProcessesPtr& processes, const std::function<void()>& work);

inline bool isFirst(const ProcessesPtr& processes) { return !processes || processes->isFirst(); }
inline int countOf(const ProcessesPtr& processes) { return processes ? processes->size() : 1; }
inline Rows rowsOf(const ProcessesPtr& processes, std::int64_t n) {
    return processes ? processes->rowsOf(n) : Rows{0, n};
}

}  // namespace thaw

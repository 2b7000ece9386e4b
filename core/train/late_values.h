// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <c10/core/Event.h>
#include <torch/types.h>

#include <memory>
#include <vector>

namespace thaw {

/// Numbers on their way from a device to the host. Asking a GPU for a number makes the host wait for everything the GPU was
/// given to do before; a copy that was begun early makes it wait for that point alone. On the CPU they are there at once.
class LateValues {
public:
    LateValues() = default;
    /// `values` [n], any float type; the copy begins here.
    explicit LateValues(const torch::Tensor& values);
    /// Waits until they are there; the same however often it is asked.
    const std::vector<double>& read();

private:
    torch::Tensor host_;
    std::shared_ptr<c10::Event> copied_;  // undefined on the CPU
    std::vector<double> values_;
};

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/view_queue.h"

namespace thaw {

void ViewQueue::put(const SampleRequest& request, std::uint64_t generation, int slot) {
    columns_[slot] = {request, generation, {}, slot};
}

std::vector<std::uint64_t> ViewQueue::generations() const {
    std::vector<std::uint64_t> all;
    for (const auto& [slot, column] : columns_) all.push_back(column.generation);
    for (const auto& [slot, job] : jobs_) all.push_back(job.generation);
    if (trajectory) all.push_back(trajectory->generation);
    return all;
}

ViewQueue::Column* ViewQueue::nextColumn() {
    Column* slow = nullptr;
    for (auto& [slot, column] : columns_) {
        if (!column.request.takesManySteps()) return &column;
        if (!slow) slow = &column;
    }
    return slow;
}

}  // namespace thaw

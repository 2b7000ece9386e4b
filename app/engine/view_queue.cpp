// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/view_queue.h"

namespace thaw {

void ViewQueue::put(const SampleRequest& request, quint64 generation, int slot) {
    columns_[slot] = {request, generation, {}, slot};
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

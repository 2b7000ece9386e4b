// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/view_queue.h"

#include <algorithm>

namespace thaw {

SampleRequest ViewQueue::nextPiece(const Column& column) {
    const std::size_t from = column.done.seeds.size();
    const std::size_t size = column.slow() ? 4 : 64;
    const std::size_t to = std::min(column.request.seeds.size(), from + size);
    SampleRequest piece = column.request;
    piece.seeds.assign(column.request.seeds.begin() + long(from), column.request.seeds.begin() + long(to));
    return piece;
}

void ViewQueue::put(const SampleRequest& request, quint64 generation, int slot) {
    columns_[slot] = {request, generation, {}, slot};
}

ViewQueue::Column* ViewQueue::nextColumn() {
    Column* slow = nullptr;
    for (auto& [slot, column] : columns_) {
        if (!column.slow()) return &column;
        if (!slow) slow = &column;
    }
    return slow;
}

}  // namespace thaw

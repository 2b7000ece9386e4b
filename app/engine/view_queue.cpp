// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/view_queue.h"

#include <algorithm>

namespace thaw {

SampleRequest ViewQueue::nextPiece(const Column& column) {
    const std::size_t from = column.done.seeds.size();
    const std::size_t size = column.request.source == SampleSource::OriginalMultiStep ? 4 : 64;
    const std::size_t to = std::min(column.request.seeds.size(), from + size);
    SampleRequest piece = column.request;
    piece.seeds.assign(column.request.seeds.begin() + long(from), column.request.seeds.begin() + long(to));
    return piece;
}

void ViewQueue::put(const SampleRequest& request, quint64 generation) {
    columns_[request.source] = {request, generation, {}};
}

ViewQueue::Column* ViewQueue::nextColumn() {
    static constexpr SampleSource kOrder[] = {SampleSource::OriginalOneStep, SampleSource::TunedOneStep,
                                              SampleSource::RealData, SampleSource::OriginalMultiStep};
    for (const SampleSource source : kOrder)
        if (const auto it = columns_.find(source); it != columns_.end()) return &it->second;
    return nullptr;
}

}  // namespace thaw

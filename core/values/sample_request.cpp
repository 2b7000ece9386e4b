// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/sample_request.h"

#include <algorithm>
#include <utility>

namespace thaw {

SampleRequest SampleRequest::piece(std::size_t done, std::size_t most) const {
    const std::size_t usual = takesManySteps() ? 4 : 64;
    const std::size_t last = std::min(seeds.size(), done + (most > 0 ? std::min(most, usual) : usual));
    SampleRequest piece = *this;
    piece.seeds.assign(seeds.begin() + std::ptrdiff_t(done), seeds.begin() + std::ptrdiff_t(last));
    return piece;
}

void append(SampleColumn& column, SampleColumn piece) {
    if (column.seeds.empty()) {
        column = std::move(piece);
        return;
    }
    column.seeds.insert(column.seeds.end(), piece.seeds.begin(), piece.seeds.end());
    column.images.insert(column.images.end(), piece.images.begin(), piece.images.end());
}

}  // namespace thaw

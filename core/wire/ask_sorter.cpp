// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/ask_sorter.h"

#include "core/wire/byte_order.h"
#include "core/wire/frame.h"

#include <algorithm>
#include <utility>

namespace thaw::wire {

namespace {

constexpr unsigned kKindBits = 0x7f;  // the highest says that the payload is deflated
constexpr std::size_t kKindAt = 4;

}  // namespace

void AskSorter::feed(std::string_view bytes) {
    while (!bytes.empty() && !isLost_) {
        if (left_ > 0) {
            const std::size_t count = std::min(left_, bytes.size());
            (isAsk_ ? asks_ : forEngine_) += bytes.substr(0, count);
            bytes.remove_prefix(count);
            left_ -= count;
            continue;
        }
        const std::size_t needed = (hasMarker_ ? kFrameHeader : kMarker.size()) - held_.size();
        held_ += bytes.substr(0, needed);
        bytes.remove_prefix(std::min(needed, bytes.size()));
        if (!hasMarker_) {
            if (kMarker.substr(0, held_.size()) != held_) isLost_ = true;
            if (held_.size() < kMarker.size()) continue;
            hasMarker_ = true;
        } else {
            if (held_.size() < kFrameHeader) continue;
            left_ = numberAt(held_, 0, 4);
            isAsk_ = (numberAt(held_, kKindAt, 1) & kKindBits) == std::uint64_t(FrameKind::Ask);
            isLost_ = left_ > kLargestMessage;
        }
        (isAsk_ && !isLost_ ? asks_ : forEngine_) += std::exchange(held_, {});
    }
    if (!isLost_) return;
    forEngine_ += std::exchange(held_, {});
    forEngine_ += bytes;
}

std::string AskSorter::takeForEngine() { return std::exchange(forEngine_, {}); }
std::string AskSorter::takeAsks() { return std::exchange(asks_, {}); }

}  // namespace thaw::wire

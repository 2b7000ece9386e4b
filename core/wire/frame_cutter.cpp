// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/frame_cutter.h"

#include "core/values/error.h"
#include "core/wire/byte_order.h"
#include "core/wire/frame.h"

namespace thaw::wire {

std::string FrameCutter::takeWhole() {
    const std::size_t first = greeted_ ? 0 : kMarker.size();
    std::size_t end = 0;
    for (std::size_t begin = first; bytes_.size() >= begin + kFrameHeader;) {
        const std::size_t length = numberAt(bytes_, begin, 4);
        if (length > kLargestMessage)
            throw Error(
                ErrorCode::FileDamaged,
                "The engine sends what is no message: it would be " + std::to_string(length >> 20) + " MiB long.",
                "Please report this.");
        begin += kFrameHeader + length;
        if (bytes_.size() < begin) break;
        end = begin;
    }
    greeted_ = greeted_ || end > 0;
    std::string whole = bytes_.substr(0, end);
    bytes_.erase(0, end);
    return whole;
}

}  // namespace thaw::wire

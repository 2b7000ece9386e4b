// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace thaw::wire {

/// Parts what a window sends into questions about files (frames Ask) and everything else, without looking into them.
/// From what is no frame on, all goes to the engine, which says what is wrong with it.
class AskSorter {
public:
    void feed(std::string_view bytes);
    /// What has come since, as frames that need not be whole.
    std::string takeForEngine();
    std::string takeAsks();

private:
    std::string held_;  // the beginning of the marker or of a header
    std::string forEngine_, asks_;
    std::size_t left_ = 0;  // of the frame that is going on
    bool isAsk_ = false, hasMarker_ = false, isLost_ = false;
};

}  // namespace thaw::wire

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace thaw::wire {

/// Cuts what one of our own programs writes into whole frames without looking into them, for one who passes them on
/// and says something of its own in between: a message that was begun must not keep the other end waiting for a beat.
class FrameCutter {
public:
    /// `greeted`: no marker and greeting come first.
    explicit FrameCutter(bool greeted = false) : greeted_(greeted) {}

    void feed(std::string_view bytes) { bytes_ += bytes; }
    /// All whole frames that have come, marker included; empty where there is none. Throws FileDamaged for a length
    /// that no frame has.
    std::string takeWhole();
    /// The greeting has been taken: others may follow.
    bool hasGreeted() const { return greeted_; }

private:
    std::string bytes_;
    bool greeted_;
};

}  // namespace thaw::wire

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/lab/panel_measuring.h"
#include "core/values/engine_messages.h"

#include <cstdint>

#include <functional>
#include <map>
#include <optional>

namespace thaw {

/// Figures that are to be made again, the oldest first, a piece at a time: side work of the compute thread. The
/// figure that is measured has a Session of its own beside the open one, so that what is open stays open; it lives as
/// long as its figure is measured.
class FigureQueue {
public:
    void put(const FigureRecipe& recipe, std::uint64_t generation) { waiting_[generation] = recipe; }
    void drop(std::uint64_t generation);
    bool empty() const { return waiting_.empty(); }
    int count() const { return int(waiting_.size()); }
    std::map<std::uint64_t, FigureRecipe> takeAll();  ///< by generation; none waits any more

    struct Advanced {
        std::uint64_t generation = 0;
        double share = 0;                      ///< 0 .. 1
        std::optional<FigureAnswer> answer{};  ///< when this was its last piece
    };
    /// One piece of the oldest figure; there must be one. `open` gives the Session whose device and threads it shares.
    /// Interrupted by `progress`, the piece is taken again by the next call.
    Advanced advance(const std::function<const Session&()>& open, const Progress& progress);

private:
    std::map<std::uint64_t, FigureRecipe> waiting_;  // by generation
    std::optional<FigureMeasurement> measurement_;   // of the first
};

}  // namespace thaw

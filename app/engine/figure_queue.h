// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/lab/panel_measuring.h"
#include "core/values/engine_messages.h"

#include <QtGlobal>

#include <functional>
#include <map>
#include <optional>

namespace thaw {

/// Figures that are to be made again, the oldest first, a piece at a time: side work of the compute thread. The figure that
/// is measured has a Session of its own beside the open one, so that what is open stays open; it lives as long as its
/// figure is measured.
class FigureQueue {
public:
    void put(const FigureRecipe& recipe, quint64 generation) { waiting_[generation] = recipe; }
    void drop(quint64 generation);
    bool empty() const { return waiting_.empty(); }
    int count() const { return int(waiting_.size()); }
    std::map<quint64, FigureRecipe> takeAll();  ///< by generation; none waits any more

    struct Advanced {
        quint64 generation = 0;
        double share = 0;                      ///< 0 .. 1
        std::optional<FigureAnswer> answer{};  ///< when this was its last piece
    };
    /// One piece of the oldest figure; there must be one. `open` gives the Session whose device and threads it shares.
    /// Interrupted by `progress`, the piece is taken again by the next call.
    Advanced advance(const std::function<const Session&()>& open, const Progress& progress);

private:
    std::map<quint64, FigureRecipe> waiting_;       // by generation
    std::optional<FigureMeasurement> measurement_;  // of the first
};

}  // namespace thaw

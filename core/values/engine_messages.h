// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/error.h"
#include "core/values/panel_data.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace thaw {

// What the engine has to say that is not a value of its own already. Texts are UTF-8.

/// What the engine was doing when something went wrong.
enum class Task { OpenModel, OpenData, Start, Train, Save, Sample, Spectrum, Fid };

/// A fault on its way to the window; `message` and `hint` are the core's own words.
struct Failure {
    Task task = Task::OpenModel;
    std::optional<ErrorCode> code;  ///< none for a fault that nobody foresaw
    std::string message;
    std::string hint;
};

/// A moment of a run worth a mark on the curves.
struct RunMark {
    enum class Kind { Start, Freeze, Pause, Resume };
    Kind kind = Kind::Start;
    std::int64_t step = 0;
    double kimg = 0;
    std::string detail;  ///< the freeze plan as text, for Kind::Freeze
};

/// What the engine works on for the window beside training, for the one place that says so.
struct ComputeWork {
    enum class Kind { None, Samples, Trajectory, Measurement, OriginalDistance, Distance, Figure };
    Kind kind = Kind::None;
    double share = 0;  ///< of it, 0 .. 1
    int waiting = 0;   ///< more that waits behind it

    bool operator==(const ComputeWork&) const = default;
};

/// A figure that was made again from its recipe, or why it could not be. Without a message the error says all there is to
/// say: OutOfMemory, and Interrupted where it was cancelled.
struct FigureAnswer {
    FigureRecipe recipe;            ///< with the checksums of all its sources
    std::vector<PanelData> panels;  ///< one a panel; empty with an error
    std::optional<ErrorCode> error;
    std::string message, hint;
};

}  // namespace thaw

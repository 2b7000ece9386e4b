// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/enum_words.h"
#include "core/values/error.h"
#include "core/values/panel_data.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace thaw {

// What the engine has to say that is not a value of its own already. Texts are UTF-8.

/// What the engine was doing when something went wrong.
enum class Task { OpenModel, OpenData, Start, Train, Save, Sample, Spectrum, Fid };

template <>
struct EnumWords<Task> {
    static constexpr std::array<std::pair<Task, const char*>, 8> all{{{Task::OpenModel, "open-model"},
                                                                      {Task::OpenData, "open-data"},
                                                                      {Task::Start, "start"},
                                                                      {Task::Train, "train"},
                                                                      {Task::Save, "save"},
                                                                      {Task::Sample, "sample"},
                                                                      {Task::Spectrum, "spectrum"},
                                                                      {Task::Fid, "fid"}}};
};

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

template <>
struct EnumWords<RunMark::Kind> {
    static constexpr std::array<std::pair<RunMark::Kind, const char*>, 4> all{{{RunMark::Kind::Start, "start"},
                                                                               {RunMark::Kind::Freeze, "freeze"},
                                                                               {RunMark::Kind::Pause, "pause"},
                                                                               {RunMark::Kind::Resume, "resume"}}};
};

/// What the engine works on for the window beside training, for the one place that says so.
struct ComputeWork {
    enum class Kind { None, Samples, Trajectory, Measurement, OriginalDistance, Distance, Figure };
    Kind kind = Kind::None;
    double share = 0;  ///< of it, 0 .. 1
    int waiting = 0;   ///< more that waits behind it

    bool operator==(const ComputeWork&) const = default;
};

template <>
struct EnumWords<ComputeWork::Kind> {
    static constexpr std::array<std::pair<ComputeWork::Kind, const char*>, 7> all{
        {{ComputeWork::Kind::None, "none"},
         {ComputeWork::Kind::Samples, "samples"},
         {ComputeWork::Kind::Trajectory, "trajectory"},
         {ComputeWork::Kind::Measurement, "measurement"},
         {ComputeWork::Kind::OriginalDistance, "original-distance"},
         {ComputeWork::Kind::Distance, "distance"},
         {ComputeWork::Kind::Figure, "figure"}}};
};

/// A figure that was made again from its recipe, or why it could not be. Without a message the error says all there
/// is to say: OutOfMemory, and Interrupted where it was cancelled.
struct FigureAnswer {
    FigureRecipe recipe;            ///< with the checksums of all its sources
    std::vector<PanelData> panels;  ///< one a panel; empty with an error
    std::optional<ErrorCode> error;
    std::string message, hint;
};

}  // namespace thaw

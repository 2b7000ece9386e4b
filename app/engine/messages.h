// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/error.h"

#include <QString>

#include <optional>

namespace thaw {

/// What the compute thread was doing when something went wrong.
enum class Task { OpenModel, OpenData, Start, Train, Save, Sample, Spectrum, Fid };

/// A fault on its way to the window; `message` and `hint` are the core's own words.
struct Failure {
    Task task = Task::OpenModel;
    std::optional<ErrorCode> code;  ///< none for a fault that nobody foresaw
    QString message;
    QString hint;
};

/// A moment of a run worth a mark on the curves.
struct RunMark {
    enum class Kind { Start, Freeze, Pause, Resume };
    Kind kind = Kind::Start;
    qint64 step = 0;
    double kimg = 0;
    QString detail;  ///< the freeze plan as text, for Kind::Freeze
};

}  // namespace thaw

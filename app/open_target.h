// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace thaw {

/// What opening a path would do; looks at names only and reads nothing.
enum class OpenTarget {
    Nothing,
    Model,    ///< a model file, or a run folder (its newest EMA snapshot)
    DataSet,  ///< an IDX file or a folder of them
};
OpenTarget openTarget(const QString& path);

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/image.h"

#include <QString>

#include <vector>

class QMenu;

namespace thaw {

/// What a column of the comparison shows.
struct ColumnSpec {
    SampleSource source = SampleSource::OriginalOneStep;
    int steps = 1;
    QString path = {};  ///< for SampleSource::OtherModel

    bool operator==(const ColumnSpec&) const = default;
};

/// Multi-step, one step before, one step after.
std::vector<ColumnSpec> defaultColumns();

QString columnTitle(const ColumnSpec& column);
/// Where the images come from: "original, Heun"; what the run adds is the caller's.
QString columnCaption(const ColumnSpec& column);

/// Sampler steps offered for a new column.
std::vector<int> offeredSteps();

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/sample_request.h"

#include <QString>

#include <vector>

class QMenu;

namespace thaw {

/// What a column of the comparison shows.
struct ColumnSpec {
    SampleSource source = SampleSource::OriginalOneStep;
    int steps = 1;      ///< kTrainedSteps: as the model was trained
    QString path = {};  ///< for SampleSource::OtherModel

    bool operator==(const ColumnSpec&) const = default;
};

/// The original as it was trained (a diffusion model in many steps), one step before, one step after.
std::vector<ColumnSpec> defaultColumns();

/// `samples`: what has come of it so far, which knows how many steps the model was trained for.
QString columnTitle(const ColumnSpec& column, const SampleColumn& samples = {});
/// Where the images come from: "original, Heun"; "not as trained" where the sampler asks of the model what it was not trained
/// for. What the run adds is the caller's.
/// `name`: of another model, where it has a better one than its file.
QString columnCaption(const ColumnSpec& column, const SampleColumn& samples = {}, const QString& name = {});

/// Sampler steps offered for a new column.
std::vector<int> offeredSteps();

}  // namespace thaw

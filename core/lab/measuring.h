// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "core/values/measurement_job.h"
#include "core/values/response_info.h"

#include <memory>
#include <vector>

namespace thaw {

/// A job under way, whatever it measures; it lives on the compute thread, and not longer than its Session. It stays good
/// when another model or data set is opened meanwhile. The tuned generator is copied, so that steps taken between two
/// pieces do not mix into it.
class RunningJob {
public:
    virtual ~RunningJob() = default;
    /// One piece; true while there is more to do. `progress` is asked inside pieces that take long. Throws Error; what was
    /// measured before stays. Interrupted by `progress`, the piece is taken again by the next call.
    virtual bool advance(const Progress& progress = {}) = 0;
    virtual double share() const = 0;  ///< done, 0 .. 1
    /// What is known so far; nothing is before the first piece.
    virtual Measured value() const = 0;
};

/// Throws Usage for unknown blocks, Configuration for impossible numbers and for what is not open, WrongKind for models and
/// data that do not fit, and what openModel throws for a ModelChoice of another file, whose reading asks `progress`.
std::unique_ptr<RunningJob> beginJob(Session& session, const MeasurementJob& job, const Progress& progress = {});

/// A job from its beginning to its end. Throws what beginJob and its pieces throw, and Interrupted when `progress`, asked
/// after every piece with the share that is done, says no.
MeasuredValue measureJob(Session& session, const MeasurementJob& job, const Progress& progress = {});

/// What can be measured in the open model. Throws Configuration when none is open.
std::vector<ResponseInfo> responsesOf(const Session& session);

}  // namespace thaw

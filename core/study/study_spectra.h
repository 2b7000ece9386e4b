// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/pairing.h"
#include "core/session/session.h"
#include "core/study/study_job.h"
#include "core/study/study_result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace thaw {

// What the frequency study measures, by the same code as the frequency lab (core/lab). All throw what the lab throws, and
// Interrupted where `progress`, asked with the share that is done, says no.

/// Of the network in the run folder `run`, empty = the open model, on the open data. The open model stays open.
ResponsesResult measureResponses(Session& session, const std::string& run, const ResponsesJob& job,
                                 const Progress& progress = {});

/// Of samples, as the network makes them: not clipped and not rounded to 8 bits.
ImagePowerResult measureSamplePower(const SampledModel& model, const std::vector<std::uint64_t>& seeds,
                                    const ComputeOptions& compute, const Progress& progress = {});

/// Of the real images that distances are taken to: the test part of the built-in data, else of the open data; `images` of
/// them (all where there are fewer), number i·count/images of the set, since many sets are sorted by class.
ImagePowerResult measureRealPower(Session& session, int images, const Progress& progress = {});

}  // namespace thaw

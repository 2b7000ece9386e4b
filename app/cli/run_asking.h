// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/run_asking.h"
#include "core/values/error.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>

namespace thaw::cli {

/// A run whose process speaks. Waits for it up to `timeout` seconds where a process has the folder and has said nothing yet.
/// Throws FileMissing, with the way to go on, where none has it or where it stays silent; Interrupted after Ctrl+C.
RunStatus requireLivingRun(const std::string& run, double timeout);

/// The error for a run that no process writes (any more).
Error goneError(const std::string& run, const std::optional<RunStatus>& last);

/// Asks the run's process and waits for its answer (RunAsking). Throws as requireLivingRun; Configuration with the answer where it refuses;
/// FileMissing where it does not answer in time, after the request was taken back.
struct Answered {
    RunStatus status;
    std::string message;
};
Answered ask(const std::string& run, SteeringRequest request, double timeout);

/// `state`, `kimg`, `fid` and what else the status holds; without what a machine does not need.
nlohmann::ordered_json resultOf(const std::string& run, const RunStatus& status);

}  // namespace thaw::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/run_stats_file.h"

#include <QString>

namespace thaw {

/// How a run stands: "running on HOST since 12:03", "paused on HOST", "interrupted", "finished"; empty where its folder does not
/// say. A process that cannot be asked and has not written for long is neither said to run nor to be gone.
QString runStanding(const RunSummary& run);
/// The same with what else its process says: its number, images a second.
QString runDoing(const RunSummary& run);

}  // namespace thaw

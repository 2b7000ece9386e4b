// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/run_stats_file.h"

#include <string>
#include <vector>

namespace thaw {

/// Runs as a table, one a row, under the heads
///
///     run,objective,frozen,later_plans,kimg,target_kimg,ending,best,best_kimg,last,last_kimg,distance,images,features,
///     reference,kid,precision,recall
///
/// (in one line), the last seven of the newest measurement. `later_plans` reads `none from 5 kimg; ...`, `ending` is
/// `finished`, `stopped`, `failed`, `diverged`, `running`, `interrupted` or empty. Text stands in double quotes (RFC 4180), numbers
/// have a point; a cell is empty where there is nothing. The objective of
/// another program's log is `import of EDM`.
std::string toCsv(const std::vector<RunSummary>& runs);

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/open_files.h"
#include "core/values/run_record.h"
#include "core/values/train_config.h"

#include <string>

namespace thaw {

/// What a run on the open files is made from and with: absolute paths, checksums, environment. Throws FileMissing where a
/// file cannot be read for its checksum.
RunRecord recordOf(OpenFiles& files, const ComputeDevice& compute);

/// Writes `config.json` of a new run: the settings, what is open with its hashes, the device and the versions, so that the
/// run can be repeated. Throws Error as writeFileAtomically does, and what recordOf throws.
void writeRunDescription(const FinetuneConfig& config, OpenFiles& files, const ComputeDevice& compute,
                         const std::string& folder);

/// The path from any working directory; `builtin` stays.
std::string absoluteSource(const std::string& path);

}  // namespace thaw

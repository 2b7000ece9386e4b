// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/open_files.h"
#include "core/values/train_config.h"

#include <string>

namespace thaw {

/// Writes `config.json` of a new run: the settings, what is open with its hashes, the device and the versions, so that the
/// run can be repeated. Throws Error as writeFileAtomically does, and where the model's file cannot be read for its hash.
void writeRunDescription(const FinetuneConfig& config, OpenFiles& files, const std::string& folder);

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/model_file.h"
#include "core/values/model_card.h"

namespace thaw {

/// The card of a model that openModelFile has read from `path` (`builtin`, a run folder or a file). Reads the file's
/// first bytes and its size, never its weights.
ModelCard modelCard(const LoadedModel& model, const std::string& path);

}  // namespace thaw

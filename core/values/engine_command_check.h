// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/config_problem.h"
#include "core/values/engine_command.h"

#include <vector>

namespace thaw {

/// Numbers of a command that no window sends: of one that comes over a line they have to be looked at before it is carried
/// out. Settings of runs, measurements and freeze plans are not among them; who carries those out says what is wrong.
std::vector<ConfigProblem> problemsOf(const EngineCommand& command);

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/engine_messages.h"

#include <functional>

namespace thaw {

/// How a piece of work ended.
enum class WorkResult { Done, Interrupted, Failed };

/// Does `work`. The one place where exceptions of the core are caught: past it there are only values. Where it failed,
/// `failure` says why; its task is the caller's.
WorkResult attemptWork(const std::function<void()>& work, Failure& failure);

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/engine_command.h"

namespace thaw {

/// The window's way to its engine: commands go in in their order, and come back as facts on the window's thread.
class EngineLink {
public:
    virtual ~EngineLink() = default;
    virtual void post(const EngineCommand& command) = 0;
};

}  // namespace thaw

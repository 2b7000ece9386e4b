// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/engine_command.h"
#include "core/values/engine_fact.h"

#include <string>
#include <string_view>

namespace thaw::wire {

// The payloads of the frames Command and Fact. Compiled once: the fields of everything that a command or a fact can
// hold come together here.

std::string payloadOf(const EngineCommand& command);
std::string payloadOf(const EngineFact& fact);

/// Throws what Reader throws, for fields that are unknown too. `peer` names the other end.
EngineCommand commandOf(std::string_view payload, const std::string& peer);
/// Throws what Reader throws; fields that are unknown are skipped.
EngineFact factOf(std::string_view payload, const std::string& peer);

}  // namespace thaw::wire

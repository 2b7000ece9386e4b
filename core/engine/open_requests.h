// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/engine_command.h"
#include "core/values/engine_fact.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace thaw {

/// The newest request of each view, and the figures that are not made yet: what nobody answers any more when their
/// engine is lost.
class OpenRequests {
public:
    void note(const EngineCommand& command);
    void note(const EngineFact& fact);

    /// What is told in place of the answers, and nothing is awaited any more: figures that were interrupted, with the
    /// reason, and the generations of all views, answered ones among them. No fact where nothing was asked.
    std::vector<EngineFact> giveUp(const std::string& message, const std::string& hint);

private:
    std::map<int, std::uint64_t> samples_, measurements_;  // by slot
    std::optional<std::uint64_t> trajectory_;
    std::map<std::uint64_t, FigureRecipe> figures_;
};

}  // namespace thaw

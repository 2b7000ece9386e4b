// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/engine_fact.h"

#include <cstddef>
#include <deque>
#include <optional>

namespace thaw {

/// Facts that wait for a line that takes them more slowly than they arise. What a newer one replaces goes (the state,
/// what is computed, progress; a column and a measurement of the same generation), and lists are joined (steps,
/// requests that are given up); the rest is kept. A merged fact takes the place of its newest, so that nothing
/// arrives before what it follows.
///
/// Steps are joined within one stretch of a run: not over its beginning, its end and its marks. Of those that nobody
/// takes the newest kMostSteps stay, and at times twice as many; the run folder has all.
class Outbox {
public:
    static constexpr std::size_t kMostSteps = 4096;

    void put(EngineFact&& fact);
    /// The oldest; nothing where none waits.
    std::optional<EngineFact> next();
    bool empty() const { return facts_.empty(); }
    std::size_t size() const { return facts_.size(); }
    void clear() { facts_.clear(); }

private:
    std::deque<EngineFact> facts_;
};

}  // namespace thaw

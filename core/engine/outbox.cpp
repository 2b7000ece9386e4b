// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/outbox.h"

#include <algorithm>
#include <iterator>
#include <type_traits>
#include <utility>

namespace thaw {

namespace {

template <class Kind, class... Kinds>
constexpr bool isOneOf = (std::is_same_v<Kind, Kinds> || ...);

template <class Kind>
constexpr bool replacesItsKind = isOneOf<Kind, fact::StateChanged, fact::DeviceKnown, fact::OpeningProgressed,
                                         fact::ResponsesKnown, fact::WorkChanged>;
template <class Kind>
constexpr bool replacesItsGeneration =
    isOneOf<Kind, fact::SamplesReady, fact::MeasurementReady, fact::FigureProgressed>;

template <class Value>
void prepend(std::vector<Value>& values, std::vector<Value>&& before) {
    before.insert(before.end(), std::make_move_iterator(values.begin()), std::make_move_iterator(values.end()));
    values = std::move(before);
}

// Takes into the newer fact what is to be kept of the older one of its kind; false where both stay.
template <class Kind>
bool absorb(Kind& newer, Kind& older) {
    if constexpr (replacesItsKind<Kind>) {
        return true;
    } else if constexpr (replacesItsGeneration<Kind>) {
        return newer.generation == older.generation;
    } else if constexpr (std::is_same_v<Kind, fact::StepsDone>) {
        prepend(newer.steps, std::move(older.steps));
        // Seldom, because all that stay move up.
        if (newer.steps.size() > 2 * Outbox::kMostSteps)
            newer.steps.erase(newer.steps.begin(), newer.steps.end() - std::ptrdiff_t(Outbox::kMostSteps));
        return true;
    } else if constexpr (std::is_same_v<Kind, fact::GivenUp>) {
        prepend(newer.generations, std::move(older.generations));
        return true;
    } else {
        return false;
    }
}

// Steps before and after belong to other stretches of the curves.
bool dividesSteps(const EngineFact& fact) {
    return std::holds_alternative<fact::RunStarted>(fact) || std::holds_alternative<fact::RunMarked>(fact) ||
           std::holds_alternative<fact::RunEnded>(fact);
}

}  // namespace

void Outbox::put(EngineFact&& fact) {
    std::visit(
        [this](auto& newer) {
            using Kind = std::decay_t<decltype(newer)>;
            for (auto i = facts_.rbegin(); i != facts_.rend(); ++i) {
                if (std::is_same_v<Kind, fact::StepsDone> && dividesSteps(*i)) return;
                auto* older = std::get_if<Kind>(&*i);
                if (!older || !absorb(newer, *older)) continue;
                facts_.erase(std::next(i).base());
                return;
            }
        },
        fact);
    facts_.push_back(std::move(fact));
}

std::optional<EngineFact> Outbox::next() {
    if (facts_.empty()) return {};
    std::optional<EngineFact> oldest(std::move(facts_.front()));
    facts_.pop_front();
    return oldest;
}

}  // namespace thaw

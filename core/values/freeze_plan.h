// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/config_problem.h"
#include "core/values/model_summary.h"

#include <cstdint>
#include <string>
#include <vector>

namespace thaw {

/// Which weights stay frozen: an ordered list of globs over parameter names, the last match wins, a leading `!` thaws.
///
/// `*` matches any run of characters (dots too), `?` one character. A pattern matches a parameter when it matches its
/// full name or one of its parent modules: `enc` freezes the whole encoder, `*.conv0` every conv0. A leading `model.`
/// is ignored. This is the only freeze rule: the optimiser's set, `requires_grad` and the count on screen all come
/// from `frozenMask`.
struct FreezePlan {
    std::vector<std::string> patterns;

    bool operator==(const FreezePlan&) const = default;
};

/// A published freeze level (method: D2O freezes nothing, D2O-F conv0, conv1 and proj of every U-Net block).
struct FreezePreset {
    std::string key;  ///< `none`, `d2o-f`, `d2o-f+qkv`, `d2o-f+qkv+skip`, `all`
    FreezePlan plan;
};
const std::vector<FreezePreset>& freezePresets();

/// `none`, `d2o-f`, ... or a comma list of globs. Blank entries are dropped. Never fails: what matches nothing is
/// reported by `unmatchedPatterns`.
FreezePlan parseFreezePlan(const std::string& text);

/// The preset key where the plan is one, else the comma list; `parseFreezePlan` reads it back.
std::string toText(const FreezePlan& plan);

/// True where the parameter of that name is frozen.
bool isFrozen(const FreezePlan& plan, const std::string& parameterName);
std::vector<bool> frozenMask(const FreezePlan& plan, const std::vector<ParameterInfo>& parameters);

/// Patterns that match no parameter at all.
std::vector<std::string> unmatchedPatterns(const FreezePlan& plan, const std::vector<ParameterInfo>& parameters);
/// Those of them that must be said aloud, because a typo freezes nothing. Patterns of the presets are no typos: a network
/// without attention has no `proj`.
std::vector<std::string> mistypedPatterns(const FreezePlan& plan, const std::vector<ParameterInfo>& parameters);

/// Why a network with these parameters cannot be trained under the plan: a mistyped pattern, or nothing that is left to
/// train. Of the field `freeze`.
std::vector<ConfigProblem> freezeProblems(const FreezePlan& plan, const std::vector<ParameterInfo>& parameters);

/// The shortest plan this header can write for an exact set: a preset when one gives the same mask, else whole blocks
/// and names. `frozen[i]` belongs to `parameters[i]`.
FreezePlan planForMask(const ModelSummary& model, const std::vector<bool>& frozen);

/// Scalars frozen and in total.
struct FreezeCount {
    std::int64_t frozen = 0;
    std::int64_t total = 0;
    double percent() const { return total ? 100.0 * double(frozen) / double(total) : 0.0; }
    bool operator==(const FreezeCount&) const = default;
};
FreezeCount countFrozen(const FreezePlan& plan, const ModelSummary& model);
FreezeCount countFrozen(const FreezePlan& plan, const BlockInfo& block);

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/config_problem.h"

#include "core/values/error.h"

namespace thaw {

std::string textOf(const std::vector<ConfigProblem>& problems) {
    std::string text;
    for (const auto& problem : problems) text += (text.empty() ? "" : "; ") + problem.field + " " + problem.message;
    return text;
}

void throwProblems(const std::vector<ConfigProblem>& problems, const std::string& what) {
    if (problems.empty()) return;
    throw Error(ErrorCode::Configuration, "The configuration of " + what + " is impossible: " + textOf(problems) + ".",
                problems.size() == 1 ? "Correct this field." : "Correct these fields.");
}

}  // namespace thaw

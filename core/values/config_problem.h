// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace thaw {

/// One thing wrong with a configuration.
struct ConfigProblem {
    std::string field;    ///< dotted path as in the JSON, e.g. `generator.learning_rate`
    std::string message;  ///< what is wrong and what would be right, with the offending value
};

/// All of them in one line: `kimg is -1, must be ...; batch is ...`.
std::string textOf(const std::vector<ConfigProblem>& problems);

/// Throws one Configuration error naming every field; nothing when there is no problem.
void throwProblems(const std::vector<ConfigProblem>& problems, const std::string& what);

}  // namespace thaw

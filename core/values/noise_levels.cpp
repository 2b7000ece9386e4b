// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/noise_levels.h"

#include "core/values/config_problem.h"
#include "core/values/range_check.h"

namespace thaw {

void requireSaneProbe(const std::vector<double>& sigmas, std::int64_t images) {
    std::vector<ConfigProblem> problems;
    RangeCheck check(problems);
    for (const double sigma : sigmas)
        if (!(sigma > 0) || !(sigma <= 1e6))
            problems.push_back({"sigma", "has " + RangeCheck::shown(sigma) + ", must be above 0 and at most 1e6"});
    if (sigmas.empty()) problems.push_back({"sigma", "is empty"});
    check.range("num", double(images), 1, 1'000'000);
    throwProblems(problems, "the spectrum");
}

}  // namespace thaw

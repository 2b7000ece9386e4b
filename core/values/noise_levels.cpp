// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/noise_levels.h"

#include "core/values/config_problem.h"

#include <sstream>
#include <string>

namespace thaw {

void requireSaneProbe(const std::vector<double>& sigmas, std::int64_t images) {
    std::vector<ConfigProblem> problems;
    for (const double sigma : sigmas) {
        if (sigma > 0 && sigma <= 1e6) continue;
        std::ostringstream text;
        text << "has " << sigma << ", must be above 0 and at most 1e6";
        problems.push_back({"sigma", text.str()});
    }
    if (sigmas.empty()) problems.push_back({"sigma", "is empty"});
    if (images < 1 || images > 1'000'000)
        problems.push_back({"num", "is " + std::to_string(images) + ", must be 1 to 1000000"});
    throwProblems(problems, "the spectrum");
}

}  // namespace thaw

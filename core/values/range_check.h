// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/config_problem.h"

#include <string>
#include <vector>

namespace thaw {

/// Collects what is wrong with the numbers of a configuration, in one form: `is 3, must be 10 to 2000 mm`. Numbers that
/// are not finite are outside every range.
class RangeCheck {
public:
    /// Problems are added to the list, which must outlive this.
    explicit RangeCheck(std::vector<ConfigProblem>& problems) : problems_(problems) {}

    /// low <= value <= high.
    void range(const std::string& field, double value, double low, double high, const std::string& unit = {});
    /// low <= value < high.
    void below(const std::string& field, double value, double low, double high);
    /// 0 < value <= high.
    void positive(const std::string& field, double value, double high, const std::string& unit = {});
    /// low <= value, for counts.
    void atLeast(const std::string& field, double value, double low);
    /// Any other rule.
    void require(bool good, const std::string& field, const std::string& message) {
        if (!good) add(field, message);
    }
    void add(const std::string& field, const std::string& message) { problems_.push_back({field, message}); }

    /// A number as messages show it: up to ten digits.
    static std::string shown(double value);

private:
    void mustBe(const std::string& field, double value, const std::string& wanted, const std::string& unit);

    std::vector<ConfigProblem>& problems_;
};

}  // namespace thaw

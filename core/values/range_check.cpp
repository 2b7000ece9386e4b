// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/range_check.h"

#include <cmath>
#include <sstream>

namespace thaw {

void RangeCheck::range(const std::string& field, double value, double low, double high, const std::string& unit) {
    if (!(std::isfinite(value) && value >= low && value <= high))
        mustBe(field, value, shown(low) + " to " + shown(high), unit);
}

void RangeCheck::below(const std::string& field, double value, double low, double high) {
    if (!(std::isfinite(value) && value >= low && value < high))
        mustBe(field, value, shown(low) + " to below " + shown(high), {});
}

void RangeCheck::positive(const std::string& field, double value, double high, const std::string& unit) {
    if (!(std::isfinite(value) && value > 0 && value <= high))
        mustBe(field, value, "above 0 and at most " + shown(high), unit);
}

void RangeCheck::atLeast(const std::string& field, double value, double low) {
    if (!(std::isfinite(value) && value >= low)) mustBe(field, value, "at least " + shown(low), {});
}

std::string RangeCheck::shown(double value) {
    std::ostringstream text;
    text.precision(10);
    text << value;
    return text.str();
}

void RangeCheck::mustBe(const std::string& field, double value, const std::string& wanted, const std::string& unit) {
    add(field, "is " + shown(value) + ", must be " + wanted + (unit.empty() ? "" : " " + unit));
}

}  // namespace thaw

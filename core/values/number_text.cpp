// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/number_text.h"

#include <charconv>
#include <cmath>
#include <limits>

namespace thaw {
namespace {

std::string formatted(double value, std::chars_format format, int precision) {
    if (std::isnan(value)) return "nan";  // without the sign that some operations give it
    char text[512];                       // 1e308 with its decimals
    const auto [end, error] = std::to_chars(text, text + sizeof text, value, format, precision);
    return error == std::errc() ? std::string(text, end) : std::string();
}

std::string_view withoutSpaces(std::string_view text) {
    constexpr std::string_view kSpaces = " \t\r\n\f\v";
    const auto first = text.find_first_not_of(kSpaces);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kSpaces) - first + 1);
}

// from_chars leaves open on which side a number is out of range. A long run of digits tells it by its own length.
double outOfRange(std::string_view text) {
    const auto exponent = text.find_first_of("eE");
    const bool tiny = exponent != std::string_view::npos ? text.substr(exponent + 1).starts_with('-')
                                                         : text.substr(text.find_first_not_of('-')).starts_with('0');
    return std::copysign(tiny ? 0 : std::numeric_limits<double>::infinity(), text.starts_with('-') ? -1.0 : 1.0);
}

}  // namespace

std::string shortNumber(double value, int digits) { return formatted(value, std::chars_format::general, digits); }

std::string fixedNumber(double value, int decimals) { return formatted(value, std::chars_format::fixed, decimals); }

std::optional<double> numberOf(std::string_view text) {
    text = withoutSpaces(text);
    if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || end != text.data() + text.size()) return {};
    if (error == std::errc::result_out_of_range) return outOfRange(text);
    if (error != std::errc()) return {};
    return value;
}

}  // namespace thaw

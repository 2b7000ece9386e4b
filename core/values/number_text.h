// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace thaw {

/// Numbers as text and back, with a point whatever the locale of the process: Qt sets that of the desktop, under which the
/// printf and strtod families write and read 85,5. Everything in core and app uses these; tests/architecture looks for the
/// others.

/// As %.{digits}g writes it in the C locale: 0.002, 80, 1e-06.
std::string shortNumber(double value, int digits = 6);

/// As %.{decimals}f writes it in the C locale.
std::string fixedNumber(double value, int decimals);

/// The number that is the whole text, white space around it aside: 12, -0.5, +1e-3, inf. Nothing for anything else. What is
/// too large or too small for a double becomes infinity or zero, as strtod has it.
std::optional<double> numberOf(std::string_view text);

/// "1 image", "5000 images".
inline std::string countedImages(std::int64_t count) {
    return std::to_string(count) + (count == 1 ? " image" : " images");
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>

namespace thaw {

// Numbers as the window writes them: at most four significant digits, the locale's decimal mark, a true minus sign,
// a no-break space before the unit. Files never use these; they are written in the C locale.

/// A count in short: 987, 9,876, 45.3 k, 1.26 M, 2.1 G. Below 10,000 exact.
QString formatCount(std::int64_t count);

/// "82.4 %". 100 % and 0 % are only said when they are exact: 99.996 reads "> 99.9 %", 0.004 "< 0.1 %".
QString formatPercent(double percent);

/// Up to four significant digits without trailing zeros: 61.7, 0.0002, 1.5e−7; "–" when not finite.
QString formatNumber(double value, int significantDigits = 4);

/// formatNumber and a unit.
QString formatQuantity(double value, const QString& unit, int significantDigits = 4);

/// A time in words: "8 s", "6 min", "2 h 5 min".
QString formatDuration(double seconds);

/// Shortest text in the C locale that reads back as exactly this number; "nan", "inf" and "-inf" as Python reads them.
QString exactText(double value);

}  // namespace thaw

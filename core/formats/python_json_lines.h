// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

#include <functional>
#include <string>
#include <string_view>

namespace thaw {

/// Where a line stands, for what is said of it.
struct LinePlace {
    std::string path;
    int number = 0;  ///< from 1

    /// Throws FileDamaged: "'PATH' is damaged at line 3: WHAT."
    [[noreturn]] void refuse(const std::string& what) const;
};

/// The line with null for NaN, Infinity and -Infinity outside of texts: Python writes them, and JSON does not have them.
std::string withoutNan(std::string_view line);

/// Calls `take` for every line of a file that holds one JSON object a line (JSON Lines), in order; empty lines and an
/// unfinished last line are passed over. Throws FileMissing, and FileDamaged naming the line: no JSON object, or longer than
/// 1 MiB.
void forEachJsonLine(const std::string& path, const std::function<void(const nlohmann::json&, const LinePlace&)>& take);

}  // namespace thaw

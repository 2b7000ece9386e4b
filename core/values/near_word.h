// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace thaw {

/// The word of `known` that was probably meant: one that begins with `word` or differs from it in a third of its letters at
/// most (missing, wrong, swapped); nothing where no word is near.
std::optional<std::string> nearestWord(const std::string& word, const std::vector<std::string>& known);

}  // namespace thaw

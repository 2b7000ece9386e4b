// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>

#include <optional>
#include <string>
#include <vector>

namespace thaw::cli {

/// The word of `known` that was probably meant: one that begins with `word` or differs from it in a third of its letters at
/// most (missing, wrong, swapped); nothing where no word is near.
std::optional<std::string> nearestWord(const std::string& word, const std::vector<std::string>& known);

/// What is wrong with a command line that could not be parsed: a verb or an option that does not exist.
struct UnknownWord {
    std::string message, hint;
};
/// Nothing where all verbs and options exist, and the fault is another.
std::optional<UnknownWord> unknownWord(const CLI::App& app, const std::vector<std::string>& arguments);

}  // namespace thaw::cli

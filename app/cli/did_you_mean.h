// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>

#include <optional>
#include <string>
#include <vector>

namespace thaw::cli {

/// What is wrong with a command line that could not be parsed: a verb or an option that does not exist.
struct UnknownWord {
    std::string message, hint;
};
/// Nothing where all verbs and options exist, and the fault is another.
std::optional<UnknownWord> unknownWord(const CLI::App& app, const std::vector<std::string>& arguments);

}  // namespace thaw::cli

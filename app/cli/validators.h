// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>

#include <map>
#include <string>
#include <vector>

namespace thaw::cli {

/// What may stand behind an option, in words of one form: "is 'bf61', must be auto, bf16 or fp32. Did you mean 'bf16'?"
/// CLI11's own name the numbers behind enumerations and print the largest double in full.

/// One of these words, which the help lists as a|b|c.
CLI::Validator oneOfWords(const std::vector<std::string>& words);

/// One of these names; the option gets the value behind it.
template <class Value>
CLI::Validator oneOf(const std::map<std::string, Value>& names) {
    std::vector<std::string> words;
    words.reserve(names.size());
    for (const auto& [name, value] : names) words.push_back(name);
    const auto known = oneOfWords(words);
    return CLI::Validator(
        [names, known](std::string& text) {
            auto problem = known(text);
            if (problem.empty()) text = CLI::detail::value_string(names.at(text));
            return problem;
        },
        known.get_description());
}

/// A number within bounds.
CLI::Validator atLeast(int low);
CLI::Validator between(int low, int high);
CLI::Validator aboveZero();

/// Whole numbers of a verb's options are decimal and within range, numbers are numbers: the parser alone takes -1 for
/// 18446744073709551615 and 010 for 8. For all options that the verb has by now.
void requirePlainNumbers(CLI::App& verb);

}  // namespace thaw::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/validators.h"

#include "core/values/enum_words.h"
#include "core/values/near_word.h"
#include "core/values/number_text.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

namespace thaw::cli {
namespace {

// `allowed` as "must be" goes on.
template <class Allows>
CLI::Validator numberThat(Allows allows, const std::string& allowed, const std::string& description) {
    return CLI::Validator(
        [=](std::string& text) {
            const auto number = numberOf(text);
            return number && allows(*number) ? std::string() : "is '" + text + "', must be " + allowed;
        },
        description);
}

// The number in the only way of writing it that the parser reads as decimal.
template <class Whole>
std::optional<std::string> plainWhole(const std::string& text) {
    Whole value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return {};
    return std::to_string(value);
}

std::string takeOver(std::string& text, const std::optional<std::string>& plain, const char* wanted) {
    if (!plain) return "is '" + text + "', must be a " + wanted;
    text = *plain;
    return {};
}

std::string takeUnsigned(std::string& text) {
    return takeOver(text, plainWhole<std::uint64_t>(text), "whole number from 0 to 18446744073709551615");
}
std::string takeSigned(std::string& text) { return takeOver(text, plainWhole<std::int64_t>(text), "whole number"); }
std::string takeNumber(std::string& text) { return numberOf(text) ? "" : "is '" + text + "', must be a number"; }

}  // namespace

CLI::Validator oneOfWords(const std::vector<std::string>& words) {
    std::string description;
    for (const auto& word : words) description += (description.empty() ? "" : "|") + word;
    return CLI::Validator(
        [words](std::string& text) {
            if (std::find(words.begin(), words.end(), text) != words.end()) return std::string();
            const auto near = nearestWord(text, words);
            return "is '" + text + "', must be " + listed(words) + (near ? ". Did you mean '" + *near + "'?" : "");
        },
        description);
}

CLI::Validator atLeast(int low) {
    const auto bound = std::to_string(low);
    return numberThat([low](double number) { return number >= low; }, "at least " + bound, ">=" + bound);
}

CLI::Validator between(int low, int high) {
    const auto first = std::to_string(low), last = std::to_string(high);
    return numberThat([low, high](double number) { return number >= low && number <= high; },
                      "from " + first + " to " + last, first + "-" + last);
}

CLI::Validator aboveZero() {
    return numberThat([](double number) { return number > 0; }, "above 0", ">0");
}

void requirePlainNumbers(CLI::App& verb) {
    for (auto* option : verb.get_options()) {
        const auto type = option->get_type_name();
        if (type.starts_with("UINT")) option->transform(CLI::Validator(takeUnsigned, ""));
        else if (type.starts_with("INT")) option->transform(CLI::Validator(takeSigned, ""));
        else if (type.starts_with("FLOAT")) option->transform(CLI::Validator(takeNumber, ""));
    }
}

}  // namespace thaw::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thaw {

/// The words under which the values of an enumeration stand in files, on the command line and in summaries: a
/// specialisation holds `static constexpr std::array<std::pair<Enum, const char*>, N> all`, beside the enumeration it
/// belongs to and nowhere else.
template <class Enum>
struct EnumWords;

/// The word of a value. Every value of an enumeration with words has one, unless its table says otherwise; then the
/// word is empty.
template <class Enum>
constexpr const char* wordFor(Enum value) {
    for (const auto& [key, word] : EnumWords<Enum>::all)
        if (key == value) return word;
    return "";
}

/// The value of a word; nothing for other words.
template <class Enum>
constexpr std::optional<Enum> valueOfWord(std::string_view text) {
    for (const auto& [key, word] : EnumWords<Enum>::all)
        if (text == word) return key;
    return {};
}

/// Words as a sentence lists them: `auto, fp32 or bf16`, or with another word before the last.
inline std::string listed(const std::vector<std::string>& words, const char* last = " or ") {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i)
        text += (i == 0 ? "" : i + 1 < words.size() ? ", " : last) + words[i];
    return text;
}
template <class Enum>
std::string listedWords() {
    std::vector<std::string> words;
    words.reserve(EnumWords<Enum>::all.size());
    for (const auto& [key, word] : EnumWords<Enum>::all) words.emplace_back(word);
    return listed(words);
}

/// All words as a file has them: `"mean" or "sum"`.
template <class Enum>
std::string quotedWords() {
    std::string text;
    for (const auto& [key, word] : EnumWords<Enum>::all)
        text += (text.empty() ? "\"" : " or \"") + std::string(word) + "\"";
    return text;
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/file_names.h"

#include "core/data/canonical_forms.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>
#include <optional>
#include <vector>

namespace thaw {
namespace {

using Characters = std::vector<std::uint32_t>;

bool isSystemFolder(std::string_view part) {
    static constexpr std::array kNames{"__macosx",  "@eadir",       "#recycle",   "@recycle",
                                       "#snapshot", "$recycle.bin", "lost+found", "system volume information"};
    std::string small(part);
    std::transform(small.begin(), small.end(), small.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    return std::find(kNames.begin(), kNames.end(), small) != kNames.end() || small.starts_with("@__");
}

// Nothing where the text is no UTF-8.
std::optional<Characters> decodeUtf8(std::string_view text) {
    Characters characters;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = std::uint8_t(text[i]);
        const std::size_t length = lead < 0x80         ? 1
                                   : lead >> 5 == 0x6  ? 2
                                   : lead >> 4 == 0xe  ? 3
                                   : lead >> 3 == 0x1e ? 4
                                                       : 0;
        if (length == 0 || length > text.size() - i) return {};
        std::uint32_t value = length == 1 ? lead : lead & (0x7fu >> length);
        for (std::size_t k = 1; k < length; ++k) {
            const auto next = std::uint8_t(text[i + k]);
            if (next >> 6 != 2) return {};
            value = value << 6 | (next & 0x3fu);
        }
        characters.push_back(value);
        i += length;
    }
    return characters;
}

void appendUtf8(std::string& text, std::uint32_t c) {
    if (c < 0x80) {
        text += char(c);
        return;
    }
    static constexpr std::uint32_t kLeads[] = {0, 0xc0, 0xe0, 0xf0};
    const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    text += char(kLeads[more] | c >> (6 * more));
    for (int k = more; k-- > 0;) text += char(0x80u | (c >> (6 * k) & 0x3fu));
}

void appendDecomposed(Characters& out, std::uint32_t c) {
    constexpr std::uint32_t kSyllables = 0xac00, kLead = 0x1100, kVowel = 0x1161, kTail = 0x11a7, kTails = 28,
                            kVowels = 21, kCount = 11172;
    if (c - kSyllables < kCount) {
        const auto index = c - kSyllables;
        out.push_back(kLead + index / (kTails * kVowels));
        out.push_back(kVowel + index / kTails % kVowels);
        if (index % kTails) out.push_back(kTail + index % kTails);
        return;
    }
    const auto* const form =
        std::lower_bound(std::begin(kCanonicalForms), std::end(kCanonicalForms), c,
                         [](const CanonicalForm& entry, std::uint32_t value) { return entry.whole < value; });
    if (form == std::end(kCanonicalForms) || form->whole != c) {
        out.push_back(c);
        return;
    }
    appendDecomposed(out, form->first);
    if (form->second) appendDecomposed(out, form->second);
}

std::uint32_t combiningClass(std::uint32_t c) {
    const auto* const range =
        std::lower_bound(std::begin(kCombiningRanges), std::end(kCombiningRanges), c,
                         [](const CombiningRange& entry, std::uint32_t value) { return entry.last < value; });
    return range != std::end(kCombiningRanges) && range->first <= c ? range->combiningClass : 0;
}

// Marks behind a letter stand in the order of their classes.
void orderMarks(Characters& characters) {
    for (auto it = characters.begin(); it != characters.end();) {
        const auto start = std::find_if(it, characters.end(), [](std::uint32_t c) { return combiningClass(c) != 0; });
        it = std::find_if(start, characters.end(), [](std::uint32_t c) { return combiningClass(c) == 0; });
        std::stable_sort(start, it,
                         [](std::uint32_t a, std::uint32_t b) { return combiningClass(a) < combiningClass(b); });
    }
}

bool isAscii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return std::uint8_t(c) < 0x80; });
}

}  // namespace

std::string_view hiddenPartOf(std::string_view name) {
    while (!name.empty()) {
        const auto slash = name.find('/');
        const auto part = name.substr(0, slash);
        if ((part.starts_with('.') && part != "." && part != "..") || isSystemFolder(part)) return part;
        name = slash == std::string_view::npos ? std::string_view() : name.substr(slash + 1);
    }
    return {};
}

std::string comparableName(std::string_view name) {
    std::string text(name);
    std::replace(text.begin(), text.end(), '\\', '/');
    while (text.starts_with("./")) text.erase(0, 2);
    if (isAscii(text)) return text;
    const auto characters = decodeUtf8(text);
    if (!characters) return text;
    Characters decomposed;
    for (const auto c : *characters) appendDecomposed(decomposed, c);
    orderMarks(decomposed);
    std::string out;
    for (const auto c : decomposed) appendUtf8(out, c);
    return out;
}

}  // namespace thaw

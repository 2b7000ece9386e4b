// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/near_word.h"

#include <algorithm>
#include <cctype>
#include <numeric>

namespace thaw {
namespace {

// Optimal string alignment: insertions, deletions, substitutions, swaps of neighbours.
std::size_t distanceOf(const std::string& a, const std::string& b) {
    std::vector<std::size_t> beforeLast, last(b.size() + 1), row(b.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t(0));
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], beforeLast[j - 2] + 1);
        }
        beforeLast = last;
        last = row;
    }
    return last[b.size()];
}

}  // namespace

std::optional<std::string> nearestWord(const std::string& word, const std::vector<std::string>& known) {
    const auto lower = [](std::string text) {
        std::transform(text.begin(), text.end(), text.begin(),
                       [](unsigned char c) { return c == '_' ? '-' : char(std::tolower(c)); });
        return text;
    };
    const auto wanted = lower(word);
    // The dashes of an option are no letters of it.
    const auto letters = wanted.size() - std::min(wanted.size(), wanted.find_first_not_of('-'));
    const std::string* best = nullptr;
    std::size_t least = std::max<std::size_t>(letters / 3, 1) + 1;
    for (const auto& name : known) {
        if (letters >= 3 && lower(name).starts_with(wanted)) return name;
        if (const auto distance = distanceOf(wanted, lower(name)); distance < least) {
            least = distance;
            best = &name;
        }
    }
    return best ? std::optional(*best) : std::nullopt;
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/class_choice.h"

#include <charconv>

namespace thaw {

std::string classText(const ClassChoice& choice) {
    return choice.kind == ClassChoice::Kind::One ? std::to_string(choice.index) : wordFor(choice.kind);
}

std::optional<ClassChoice> classChoiceOf(const std::string& text) {
    for (const auto kind : {ClassChoice::Kind::Random, ClassChoice::Kind::PerSeed})
        if (text == wordFor(kind)) return ClassChoice{kind, 0};
    int index = 0;
    const auto* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, index);
    if (error != std::errc() || rest != end || index < 0) return {};
    return ClassChoice::one(index);
}

}  // namespace thaw

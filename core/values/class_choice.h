// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/enum_words.h"

#include <array>
#include <optional>
#include <string>
#include <utility>

namespace thaw {

/// The class that a conditional network is told for each image. Networks without classes take no notice. Where a real
/// image is noised (spectra below sigma = 80) and the data have labels that the network knows, Random and PerSeed mean the
/// real image's own label: what the network was trained with. Label vectors are not chosen, only taken from the data.
struct ClassChoice {
    enum class Kind {
        Random,  ///< drawn from each seed's own stream after its latents, as EDM does
        PerSeed,  ///< seed modulo the number of classes: neighbours have different ones, and all classes come equally often
        One,      ///< `index` for all images
    } kind = Kind::Random;
    int index = 0;  ///< for One: 0 .. number of classes - 1

    static ClassChoice one(int index) { return {Kind::One, index}; }
    bool operator==(const ClassChoice&) const = default;
};

template <>
struct EnumWords<ClassChoice::Kind> {
    static constexpr std::array<std::pair<ClassChoice::Kind, const char*>, 3> all{
        {{ClassChoice::Kind::Random, "random"},
         {ClassChoice::Kind::PerSeed, "per-seed"},
         {ClassChoice::Kind::One, "one"}}};
};

/// `random`, `per-seed` or the number of the one class: as options, sessions and provenance have it.
std::string classText(const ClassChoice& choice);
/// And back; nothing for other words.
std::optional<ClassChoice> classChoiceOf(const std::string& text);

}  // namespace thaw

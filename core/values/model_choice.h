// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/enum_words.h"

#include <array>
#include <string>
#include <utility>

namespace thaw {

/// Which network a Session measures.
struct ModelChoice {
    enum class Kind {
        Original,  ///< the open model
        Tuned,     ///< the fine-tuned generator (EMA) as it is now
        File,      ///< another model file, run folder, or `builtin`
    } kind = Kind::Original;
    std::string path{};  ///< for File

    bool operator==(const ModelChoice&) const = default;
};

template <>
struct EnumWords<ModelChoice::Kind> {
    static constexpr std::array<std::pair<ModelChoice::Kind, const char*>, 3> all{
        {{ModelChoice::Kind::Original, "original"},
         {ModelChoice::Kind::Tuned, "tuned"},
         {ModelChoice::Kind::File, "file"}}};
};

}  // namespace thaw

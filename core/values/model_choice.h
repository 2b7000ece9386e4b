// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

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

}  // namespace thaw

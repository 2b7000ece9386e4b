// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace thaw {

/// The embedded models: `builtin` (Fashion-MNIST, grey, whose data are built in under the same name) and `builtin-emoji` (emoji in
/// colour, with classes). They are names and no paths, wherever a model is named.
inline constexpr std::string_view kBuiltinName = "builtin", kBuiltinEmojiName = "builtin-emoji";
inline bool isBuiltin(std::string_view name) { return name == kBuiltinName || name == kBuiltinEmojiName; }

/// How a model is named: an embedded one, a file, or a run folder. Behind a file that does not say its class a `#` and one of
/// the words below choose the preconditioning, as `weights.pt#vp`; so a run, a figure or a session that names its model says
/// this too.
struct ModelName {
    std::string path;     ///< without the choice
    std::string precond;  ///< a word of kPrecondWords; empty = the file's own class, or an assumed one
    bool operator==(const ModelName&) const = default;
};

/// The words of `--precond` and the published classes they stand for.
inline constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kPrecondWords{{{"edm", "EDMPrecond"},
                                                                                             {"vp", "VPPrecond"},
                                                                                             {"ve", "VEPrecond"},
                                                                                             {"iddpm", "iDDPMPrecond"},
                                                                                             {"d2o", "D2OPrecond"}}};

/// The class behind a word of kPrecondWords; empty for other words.
std::string_view classOfPrecond(std::string_view word);

/// Takes a name apart. What stands behind a `#` and is none of the words belongs to the path.
ModelName modelName(const std::string& name);
/// Puts it together; another choice in `path` gives way. `precond` may be empty.
std::string withPrecond(const std::string& path, const std::string& precond);

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/named_arrays.h"

#include <optional>
#include <string>

namespace thaw {

/// Writes a `.npz` archive of `<f8`, `|u1` and `<i8` arrays, whole or not at all. Throws what writeNpz throws.
void writeArrays(const std::string& path, const NamedArrays& content);

/// One text of a `.npz` archive, of 4 MiB at most; nothing where the archive has none of that name. The arrays are not read.
/// Throws FileMissing, WrongKind (no zip), FileDamaged.
std::optional<std::string> textInArrays(const std::string& path, const std::string& name);

}  // namespace thaw

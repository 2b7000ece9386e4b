// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace thaw {

/// The name of the hidden place that a relative name with '/' lies in, or that it is itself: the first part that begins with a
/// dot (`.ipynb_checkpoints`, `.thumbnails`, `._photo.png`), or is a folder that systems put beside a user's files (`__MACOSX`,
/// `@eaDir`, `#recycle`, `$RECYCLE.BIN`, `lost+found` and their kin). Empty where nothing is hidden.
std::string_view hiddenPartOf(std::string_view name);

/// One spelling for names that mean the same file: '/' for '\', no `./` in front, and Unicode's canonical decomposition (NFD),
/// so that an `é` is the same in one character (NFC, as Linux and Windows write it) or in two (as macOS does). What is no
/// UTF-8 stays as it is. https://www.unicode.org/reports/tr15
std::string comparableName(std::string_view name);

}  // namespace thaw

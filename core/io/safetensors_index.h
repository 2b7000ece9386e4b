// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/checkpoint.h"

#include <string_view>

namespace thaw {

/// Whether a file begins like a safetensors file: u64 little-endian header length, then a JSON object.
bool looksLikeSafeTensors(std::string_view bytes);

/// All tensors under the file's own names, with class and configuration where the metadata have them. Throws
/// std::runtime_error with a short reason, UnsupportedContent for a header beyond any network of this kind.
void indexSafeTensors(std::string_view bytes, Checkpoint& checkpoint);

}  // namespace thaw

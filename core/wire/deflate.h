// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace thaw::wire {

/// The length of `bytes` (four bytes, lowest first) and after it their zlib stream (RFC 1950) at level 1, which shrinks
/// samples as much as level 9 does (bench of 16 images: 0.63 and 0.61 of their size) in a fraction of the time.
std::string deflated(std::string_view bytes);

/// And back. Nothing where it is no such stream, is cut off, has another length than it says, or is longer than
/// `longest` bytes; the memory is asked for once the length has been compared with that and with what deflate can
/// shrink at most.
std::optional<std::string> inflated(std::string_view bytes, std::size_t longest);

}  // namespace thaw::wire

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>

namespace thaw {

/// Sound content that this program has no use for, as the end of a sentence: "numbers of the type F8_E4M3". A file that
/// holds it is of another kind, not damaged.
struct UnsupportedContent : std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace thaw

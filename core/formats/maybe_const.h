// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <type_traits>

namespace thaw {

/// `T` is `Struct`, constant or not: one list of the fields of a struct serves reading and writing.
template <class T, class Struct>
concept MaybeConst = std::is_same_v<std::remove_const_t<T>, Struct>;

}  // namespace thaw

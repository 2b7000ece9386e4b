// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <utility>

namespace thaw::testing {

/// Becomes anything, so that a braced list of them fits a struct for as long as it has members.
struct AnyMember {
    template <class T>
    operator T() const;
};

template <class T, std::size_t... I>
constexpr bool takesMembers(std::index_sequence<I...>) {
    return requires { T{(void(I), AnyMember{})...}; };
}

/// How many members a plain struct has, up to `most`.
template <class T, std::size_t most = 64>
constexpr std::size_t memberCount() {
    if constexpr (most == 0) return 0;
    else if constexpr (takesMembers<T>(std::make_index_sequence<most>{})) return most;
    else return memberCount<T, most - 1>();
}

}  // namespace thaw::testing

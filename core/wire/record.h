// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/enum_words.h"
#include "core/values/image.h"

#include <array>
#include <concepts>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace thaw::wire {

// How a value is written (record_writer.h) and read (record_reader.h):
//
//     truth, 1 byte      0 or 1                        text        length, 4 bytes, and its bytes
//     whole number       8 bytes, two's complement     enumeration its word, as text
//     number             8 bytes, IEEE 754             list        count, 4 bytes, and its values
//     value or nothing   truth, and the value          pair        both values
//     image              width, height, channels as whole numbers, its pixels predicted (image_prediction.h) as text
//     record             its fields, then a byte 0
//     one of several     a record with one field, which has the name of its kind
//     field              length of its name, 1 byte; the name; length of its value, 4 bytes; the value
//
// The lowest byte of a number comes first. Numbers are the same bit for bit, what is not finite too. The order of
// fields is free; one that is absent keeps its default, one that comes twice is refused, and one that is unknown is
// what UnknownFields says.

/// The fields of a struct that goes over a line, once for reading and writing: a specialisation has
///
///     static void visit(auto& v, auto& value) { v("name", value.member); ... }
///
/// where `value` may be constant. A struct that has one is a Record. Name every member: tests/core/wire counts them.
template <class T>
struct Fields;

template <class T>
concept Record = requires {
    Fields<T>{};
};

/// The names of the kinds of a std::variant, in its order: a specialisation has `static constexpr std::array<const
/// char*, N> all`.
template <class Variant>
struct KindNames;

/// The words of an enumeration: those it has everywhere (core/values/enum_words.h) unless there is a specialisation.
template <class Enum>
struct Words {
    static std::string_view of(Enum value) { return wordFor(value); }
    static std::optional<Enum> value(std::string_view word) { return valueOfWord<Enum>(word); }
};

/// The words of an enumeration that has them in a map: `struct Words<Schedule> : MapWords<Schedule, scheduleNames> {}`.
template <class Enum, const std::map<std::string, Enum>& (*names)()>
struct MapWords {
    static std::string of(Enum value) {
        for (const auto& [word, meaning] : names())
            if (meaning == value) return word;
        return {};
    }
    static std::optional<Enum> value(std::string_view word) {
        const auto it = names().find(std::string(word));
        return it == names().end() ? std::nullopt : std::optional(it->second);
    }
};

template <class T>
concept WholeNumber = std::integral<T> && !std::same_as<T, bool>;
template <class T>
concept Enumeration = std::is_enum_v<T>;

inline constexpr std::size_t kLengthBytes = 4, kNumberBytes = 8;

/// The fewest bytes that a value of the type takes: as many have to be there for each that a list says it has.
template <class T>
struct SmallestSize {
    static constexpr std::size_t bytes = 1;
};
template <class T>
requires WholeNumber<T> || std::same_as<T, double>
struct SmallestSize<T> {
    static constexpr std::size_t bytes = kNumberBytes;
};
template <class T>
requires Enumeration<T> || std::same_as<T, std::string>
struct SmallestSize<T> {
    static constexpr std::size_t bytes = kLengthBytes;
};
template <class T>
struct SmallestSize<std::vector<T>> {
    static constexpr std::size_t bytes = kLengthBytes;
};
template <>
struct SmallestSize<Image> {
    static constexpr std::size_t bytes = 3 * kNumberBytes + kLengthBytes;
};
template <class A, class B>
struct SmallestSize<std::pair<A, B>> {
    static constexpr std::size_t bytes = SmallestSize<A>::bytes + SmallestSize<B>::bytes;
};

}  // namespace thaw::wire

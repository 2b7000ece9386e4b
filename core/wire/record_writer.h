// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/wire/byte_order.h"
#include "core/wire/record.h"

#include <bit>
#include <cstdint>

namespace thaw::wire {

/// Writes values as record.h says. A list, a text or a field of 4 GiB and more cannot be written (std::length_error; a
/// message ends at a sixteenth of that), nor can an image whose pixels do not match its size (std::invalid_argument).
class Writer {
public:
    const std::string& bytes() const { return bytes_; }
    std::string take() { return std::move(bytes_); }

    /// A field of the record that is being written.
    template <class T>
    void operator()(std::string_view name, const T& value) {
        const std::size_t begin = beginField(name);
        write(value);
        endField(begin);
    }

    void write(bool value) { putNumber(bytes_, value ? 1 : 0, 1); }
    void write(double value) { putNumber(bytes_, std::bit_cast<std::uint64_t>(value), kNumberBytes); }
    void write(const std::string& text) { writeText(text); }
    void write(const Image& image);
    template <WholeNumber T>
    void write(T value) {
        putNumber(bytes_, std::uint64_t(value), kNumberBytes);
    }
    template <Enumeration T>
    void write(T value) {
        writeText(Words<T>::of(value));
    }
    template <Record T>
    void write(const T& value) {
        Fields<T>::visit(*this, value);
        endRecord();
    }
    template <class T>
    void write(const std::vector<T>& values) {
        writeLength(values.size());
        for (const auto& value : values) write(value);
    }
    template <class T>
    void write(const std::optional<T>& value) {
        write(value.has_value());
        if (value) write(*value);
    }
    template <class A, class B>
    void write(const std::pair<A, B>& both) {
        write(both.first);
        write(both.second);
    }
    template <class... Kinds>
    void write(const std::variant<Kinds...>& value) {
        using Names = KindNames<std::variant<Kinds...>>;
        static_assert(Names::all.size() == sizeof...(Kinds), "each kind has a name");
        std::visit([&](const auto& kind) { (*this)(Names::all[value.index()], kind); }, value);
        endRecord();
    }

private:
    std::size_t beginField(std::string_view name);
    void endField(std::size_t begin);
    void endRecord() { bytes_ += '\0'; }
    void writeLength(std::size_t length);
    void writeText(std::string_view text) {
        writeLength(text.size());
        bytes_ += text;
    }

    std::string bytes_;
};

/// The bytes of one value.
template <class T>
std::string bytesOf(const T& value) {
    Writer writer;
    writer.write(value);
    return writer.take();
}

}  // namespace thaw::wire

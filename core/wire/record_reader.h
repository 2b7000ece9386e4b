// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/wire/byte_order.h"
#include "core/wire/record.h"

#include <bit>
#include <cstdint>
#include <limits>

namespace thaw::wire {

/// What becomes of a field that this version does not know.
enum class UnknownFields {
    Refuse,  ///< of commands: what was asked for would not be done
    Skip,    ///< of facts: what is told besides
};

/// What one reading of a message shares. `room` is the memory in bytes that its lists may still take: a short message
/// must not become a large one, whatever its counts claim.
struct Reading {
    UnknownFields unknown = UnknownFields::Refuse;
    std::string peer{};  ///< the other end, for errors
    std::size_t room = std::size_t(1) << 30;
};

/// Reads values as record.h says. Every length is compared with the bytes that are there before memory is asked for.
/// Throws FileDamaged with the name of the field for what is cut off, for words that are unknown, for numbers that do
/// not fit their type, and for fields that come twice; WrongKind for a field that is unknown and refused.
class Reader {
public:
    Reader(std::string_view bytes, Reading& reading) : bytes_(bytes), reading_(reading) {}

    void read(bool& value);
    void read(double& value) { value = std::bit_cast<double>(takeNumber(kNumberBytes)); }
    void read(std::string& text) { text = takeText(); }
    void read(Image& image);
    template <WholeNumber T>
    void read(T& value) {
        const std::uint64_t bits = takeNumber(kNumberBytes);
        if constexpr (std::is_signed_v<T>) {
            const auto number = std::int64_t(bits);
            if (number < std::numeric_limits<T>::min() || number > std::numeric_limits<T>::max()) failSize();
            value = T(number);
        } else {
            if (bits > std::numeric_limits<T>::max()) failSize();
            value = T(bits);
        }
    }
    template <Enumeration T>
    void read(T& value) {
        const std::string_view word = takeText();
        const auto known = Words<T>::value(word);
        if (!known) fail("is '" + std::string(word) + "', which is unknown here");
        value = *known;
    }
    template <Record T>
    void read(T& value) {
        FieldFinder fields(*this);
        Fields<T>::visit(fields, value);
        fields.finish();
    }
    template <class T>
    void read(std::vector<T>& values) {
        const std::size_t count = takeCount(SmallestSize<T>::bytes, sizeof(T));
        values.clear();
        values.reserve(count);
        const std::size_t outerItem = item_;
        for (std::size_t i = 0; i < count; ++i) {
            item_ = i;
            read(values.emplace_back());
        }
        item_ = outerItem;
    }
    template <class T>
    void read(std::optional<T>& value) {
        bool there = false;
        read(there);
        value.reset();
        if (there) read(value.emplace());
    }
    template <class A, class B>
    void read(std::pair<A, B>& both) {
        read(both.first);
        read(both.second);
    }
    template <class... Kinds>
    void read(std::variant<Kinds...>& value) {
        using Names = KindNames<std::variant<Kinds...>>;
        static_assert(Names::all.size() == sizeof...(Kinds), "each kind has a name");
        const auto [name, content] = takeOnlyField();
        std::size_t kind = 0;
        while (kind < Names::all.size() && name != Names::all[kind]) ++kind;
        if (kind == Names::all.size()) fail("is of the kind '" + std::string(name) + "', which is unknown here");
        readKind<0>(value, kind, name, content);
    }

    /// Throws where bytes are left.
    void requireEnd() const;

private:
    struct Field {
        std::string_view name, content;
        bool wasRead = false;
    };
    /// The fields of one record, found by their names.
    class FieldFinder {
    public:
        explicit FieldFinder(Reader& reader) : reader_(reader), fields_(reader.takeFields()) {}
        template <class T>
        void operator()(std::string_view name, T& value) {
            Field* field = find(name);
            if (!field) return;
            Reader inner(field->content, name, reader_);
            inner.read(value);
            inner.requireEnd();
        }
        void finish() const;

    private:
        Field* find(std::string_view name);

        Reader& reader_;
        std::vector<Field> fields_;
    };

    Reader(std::string_view bytes, std::string_view name, const Reader& outer)
        : bytes_(bytes), reading_(outer.reading_), name_(name), outer_(&outer) {}

    template <std::size_t index, class Variant>
    void readKind(Variant& value, std::size_t kind, std::string_view name, std::string_view content) {
        if constexpr (index < std::variant_size_v<Variant>) {
            if (kind != index) return readKind<index + 1>(value, kind, name, content);
            Reader inner(content, name, *this);
            inner.read(value.template emplace<index>());
            inner.requireEnd();
        }
    }

    std::string_view take(std::size_t count);
    std::uint64_t takeNumber(std::size_t size) { return numberAt(take(size), 0, size); }
    std::string_view takeText() { return take(takeNumber(kLengthBytes)); }
    std::size_t takeCount(std::size_t smallest, std::size_t inMemory);
    std::vector<Field> takeFields();
    std::pair<std::string_view, std::string_view> takeOnlyField();
    std::string place() const;
    [[noreturn]] void fail(const std::string& what) const;
    [[noreturn]] void failSize() const;

    static constexpr std::size_t kNoItem = std::numeric_limits<std::size_t>::max();

    std::string_view bytes_;
    std::size_t at_ = 0;
    Reading& reading_;
    std::string_view name_{};        // of the field that is read
    const Reader* outer_ = nullptr;  // that of the record around it
    std::size_t item_ = kNoItem;     // of the list that is read
};

/// The value that is the whole of `bytes`. Throws what Reader throws.
template <class T>
T valueOf(std::string_view bytes, UnknownFields unknown, const std::string& peer) {
    Reading reading{unknown, peer};
    Reader reader(bytes, reading);
    T value{};
    reader.read(value);
    reader.requireEnd();
    return value;
}

}  // namespace thaw::wire

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/wire/record.h"

#include <set>
#include <string>
#include <vector>

namespace thaw::testing {

/// Gives every field of a value, and of the values inside it, something that is neither its default nor another
/// field's.
class Filler {
public:
    template <class T>
    void operator()(std::string_view, T& value) {
        fill(value);
    }

    void fill(bool& value) { value = !value; }
    void fill(double& value) { value = ++count_ + 0.25; }
    void fill(std::string& text) { text = "text " + std::to_string(++count_); }
    void fill(Image& image) {
        image = {2, 1, 3, {}};
        for (int i = 0; i < 6; ++i) image.pixels.push_back(std::uint8_t(37 * ++count_));
    }
    template <wire::WholeNumber T>
    void fill(T& value) {
        value = T(++count_);
    }
    template <wire::Enumeration T>
    void fill(T& value) {
        value = value == T(1) ? T(0) : T(1);
    }
    template <wire::Record T>
    void fill(T& value) {
        wire::Fields<T>::visit(*this, value);
    }
    template <class T>
    void fill(std::vector<T>& values) {
        values.resize(2);
        for (auto& value : values) fill(value);
    }
    template <class T>
    void fill(std::optional<T>& value) {
        fill(value.emplace());
    }
    template <class A, class B>
    void fill(std::pair<A, B>& both) {
        fill(both.first);
        fill(both.second);
    }
    template <class... Kinds>
    void fill(std::variant<Kinds...>& value) {
        std::visit([this](auto& kind) { fill(kind); }, value);
    }

private:
    int count_ = 0;
};

template <class T>
T filled(T value = {}) {
    Filler().fill(value);
    return value;
}

/// The members and the names that the fields of a struct name.
class NamedMembers {
public:
    template <class T>
    void operator()(std::string_view name, const T& value) {
        members_.insert(&value);
        names_.insert(std::string(name));
    }
    std::size_t members() const { return members_.size(); }
    std::size_t names() const { return names_.size(); }

private:
    std::set<const void*> members_;
    std::set<std::string> names_;
};

template <class T>
NamedMembers namedMembers() {
    const T value{};
    NamedMembers named;
    wire::Fields<T>::visit(named, value);
    return named;
}

}  // namespace thaw::testing

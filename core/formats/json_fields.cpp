// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/json_fields.h"

#include "core/formats/json_text.h"

#include <cmath>

namespace thaw {

JsonFields::JsonFields(const Json& object, std::vector<ConfigProblem>& problems, std::string prefix, Null null)
    : object_(object), problems_(problems), prefix_(std::move(prefix)), null_(null) {}

const JsonFields::Json* JsonFields::find(const std::string& path) {
    known_.insert(path);
    const Json* holder = &object_;
    std::string name = path;
    if (const auto dot = path.find('.'); dot != std::string::npos) {
        const auto group = path.substr(0, dot);
        name = path.substr(dot + 1);
        const bool met = !known_.insert(group).second;
        const auto found = object_.find(group);
        if (found == object_.end() || (found->is_null() && null_ == Null::Absent)) return nullptr;
        if (!found->is_object()) {
            // One complaint about a group is enough, however many fields it should hold.
            if (!met) wrong(group, *found, "an object");
            return nullptr;
        }
        holder = &*found;
    }
    const auto found = holder->find(name);
    if (found == holder->end() || (found->is_null() && null_ == Null::Absent)) return nullptr;
    return &*found;
}

void JsonFields::read(const std::string& path, const Json& value, double& field) {
    value.is_number() ? void(field = value.get<double>()) : wrong(path, value, "a number");
}

void JsonFields::read(const std::string& path, const Json& value, int& field) {
    // Whole is whole: 64.0 is fine, as other programs write it.
    const double number = value.is_number() ? value.get<double>() : std::nan("");
    const bool fits = std::abs(number) <= 2e9 && number == std::floor(number);
    fits ? void(field = value.get<int>()) : wrong(path, value, "a whole number");
}

void JsonFields::read(const std::string& path, const Json& value, std::uint64_t& field) {
    value.is_number_unsigned() ? void(field = value.get<std::uint64_t>()) : wrong(path, value, "a whole number from 0");
}

void JsonFields::read(const std::string& path, const Json& value, bool& field) {
    value.is_boolean() ? void(field = value.get<bool>()) : wrong(path, value, "true or false");
}

void JsonFields::read(const std::string& path, const Json& value, std::string& field) {
    value.is_string() ? void(field = value.get<std::string>()) : wrong(path, value, "a text");
}

void JsonFields::read(const std::string& path, const Json& value, std::vector<std::string>& field) {
    readPlainList(path, value, field, "a list of texts");
}

void JsonFields::read(const std::string& path, const Json& value, std::vector<double>& field) {
    readPlainList(path, value, field, "a list of numbers");
}

void JsonFields::read(const std::string& path, const Json& value, std::vector<int>& field) {
    readPlainList(path, value, field, "a list of whole numbers");
}

void JsonFields::wrong(const std::string& path, const Json& value, const std::string& wanted) {
    std::string shown = jsonText(value);
    if (shown.size() > 60) shown = shown.substr(0, 57) + "...";
    problems_.push_back({prefix_ + path, "is " + shown + ", must be " + wanted});
}

void JsonFields::reportUnknown(const std::string& message) {
    // A field that holds an object is a group where fields inside it were asked for, else a value read as a whole.
    const auto isGroup = [&](const std::string& name) {
        const auto inside = known_.lower_bound(name + ".");
        return inside != known_.end() && inside->starts_with(name + ".");
    };
    for (const auto& [key, value] : object_.items()) {
        if (!known_.count(key)) problems_.push_back({prefix_ + key, message});
        else if (value.is_object() && isGroup(key))
            for (const auto& [inner, ignored] : value.items())
                if (!known_.count(key + "." + inner)) problems_.push_back({prefix_ + key + "." + inner, message});
    }
}

}  // namespace thaw

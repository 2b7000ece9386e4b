// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <type_traits>

namespace thaw {

// Small JSON files in which one process says what it does, for another that looks on: progress.json of a study, status.json of
// a run. Read as far as they can be: what is missing, damaged or of another type counts as absent.

using NoteJson = nlohmann::ordered_json;

/// The whole text of a file of that folder; nothing where it cannot be read.
inline std::optional<std::string> noteText(const std::string& folder, const char* name) {
    std::ifstream stream(std::filesystem::path(folder) / name, std::ios::binary);
    if (!stream) return {};
    return std::string(std::istreambuf_iterator<char>(stream), {});
}

/// Its JSON object; an empty one where it holds none.
inline NoteJson noteIn(const std::string& folder, const char* name) {
    const auto text = noteText(folder, name);
    auto json = NoteJson::parse(text.value_or(std::string()), nullptr, /*allow_exceptions=*/false);
    return json.is_object() ? json : NoteJson::object();
}

/// The value of a field of that type.
template <class Value>
std::optional<Value> noteValue(const NoteJson& json, const char* key) {
    const auto found = json.find(key);
    if (found == json.end()) return {};
    if constexpr (std::is_same_v<Value, std::string>) {
        if (found->is_string()) return found->template get<std::string>();
    } else if constexpr (std::is_same_v<Value, bool>) {
        if (found->is_boolean()) return found->template get<bool>();
    } else if (found->is_number()) {
        return found->template get<Value>();
    }
    return {};
}
template <class Value>
Value noteValue(const NoteJson& json, const char* key, Value otherwise) {
    return noteValue<Value>(json, key).value_or(otherwise);
}

}  // namespace thaw

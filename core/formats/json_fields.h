// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/config_problem.h"
#include "core/values/enum_words.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <set>
#include <string>
#include <type_traits>
#include <vector>

namespace thaw {

/// Reads typed fields out of a JSON object into a configuration. Fields that are absent keep what they had; every value
/// of a wrong type and every unknown field becomes a problem under its dotted name, so that all of them can be told at
/// once. Ranges are the business of RangeCheck, after everything is read.
///
///     std::vector<ConfigProblem> problems;
///     JsonFields fields(json, problems);
///     fields("kimg", config.kimg);
///     fields("ema.ramp_up", config.ema.rampUp);  // member ramp_up of the object ema
///     fields.reportUnknown("is not a field of this configuration");
class JsonFields {
public:
    using Json = nlohmann::ordered_json;
    enum class Null { WrongType, Absent };  ///< what a null stands for

    /// `object` and `problems` must outlive this. `prefix` stands before every name in problems: `panels[1].`.
    JsonFields(const Json& object, std::vector<ConfigProblem>& problems, std::string prefix = {},
               Null null = Null::WrongType);

    /// The value of a field, `name` or `group.name`; null when it is absent. The name counts as known from now on.
    const Json* find(const std::string& path);

    template <class T>
    void operator()(const std::string& path, T& field) {
        if (const Json* value = find(path)) read(path, *value, field);
    }

    /// Takes the value over into the field, or adds a problem and leaves the field alone.
    void read(const std::string& path, const Json& value, double& field);
    void read(const std::string& path, const Json& value, int& field);
    void read(const std::string& path, const Json& value, std::uint64_t& field);
    void read(const std::string& path, const Json& value, bool& field);
    void read(const std::string& path, const Json& value, std::string& field);
    void read(const std::string& path, const Json& value, std::vector<std::string>& field);
    void read(const std::string& path, const Json& value, std::vector<double>& field);
    void read(const std::string& path, const Json& value, std::vector<int>& field);
    template <class Enum>
    requires std::is_enum_v<Enum>
    void read(const std::string& path, const Json& value, Enum& field) {
        readWord(path, value, field, EnumWords<Enum>::all);
    }

    /// One of the words of a table of (value, word).
    template <class Value, class Table>
    void readWord(const std::string& path, const Json& value, Value& field, const Table& table) {
        std::string wanted;
        for (const auto& [key, word] : table) {
            if (value == word) {
                field = key;
                return;
            }
            wanted += (wanted.empty() ? "\"" : " or \"") + std::string(word) + "\"";
        }
        wrong(path, value, wanted);
    }

    /// A list whose items `readItem(path, value, item)` reads; `wanted` is what it should have been: `a list of panels`.
    template <class T, class ReadItem>
    void readList(const std::string& path, const Json& value, std::vector<T>& field, const std::string& wanted,
                  const ReadItem& readItem, const T& usual = {}) {
        if (!value.is_array()) return wrong(path, value, wanted);
        field.assign(value.size(), usual);
        for (std::size_t i = 0; i < value.size(); ++i)
            readItem(path + "[" + std::to_string(i) + "]", value[i], field[i]);
    }

    /// `is VALUE, must be WANTED`; long values are cut.
    void wrong(const std::string& path, const Json& value, const std::string& wanted);
    /// A problem for every field that nobody has asked for.
    void reportUnknown(const std::string& message);

    const std::string& prefix() const { return prefix_; }

private:
    template <class T>
    void readPlainList(const std::string& path, const Json& value, std::vector<T>& field, const char* wanted) {
        readList(path, value, field, wanted,
                 [this](const std::string& at, const Json& item, T& target) { read(at, item, target); });
    }

    const Json& object_;
    std::vector<ConfigProblem>& problems_;
    std::string prefix_;
    Null null_;
    std::set<std::string> known_;
};

}  // namespace thaw

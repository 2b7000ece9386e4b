// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/figure_recipe_json.h"

#include "core/formats/figure_recipe_fields.h"
#include "core/formats/json_fields.h"
#include "core/formats/json_text.h"
#include "core/values/config_problem.h"
#include "core/values/error.h"
#include "core/values/figure_recipe_check.h"
#include "core/values/panel_kinds.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace thaw {
namespace {

using Json = JsonFields::Json;

constexpr int kFormat = 1;
constexpr const char* kFormatKey = "thaw_figure";

template <class Enum>
struct Words;
template <>
struct Words<PanelKind> {
    static inline const auto all = [] {
        std::vector<std::pair<PanelKind, const char*>> words;
        for (const PanelKindEntry& entry : panelKinds()) words.emplace_back(entry.kind, entry.word);
        return words;
    }();
};
template <>
struct Words<PanelSide> : EnumWords<PanelSide> {};
// Another model's images come from the figure's second model; further models have no place in a recipe.
template <>
struct Words<SampleSource> {
    static constexpr std::array<std::pair<SampleSource, const char*>, 4> all{
        {{SampleSource::OriginalMultiStep, "a_multi_step"},
         {SampleSource::OriginalOneStep, "a_one_step"},
         {SampleSource::TunedOneStep, "b_one_step"},
         {SampleSource::RealData, "real_data"}}};
};

template <>
struct Words<ClassChoice::Kind> : EnumWords<ClassChoice::Kind> {};

template <class T>
constexpr bool kIsGroup = std::is_same_v<T, BandFilter> || std::is_same_v<T, ClassChoice> ||
                          std::is_same_v<T, std::pair<SampleSource, int>> || std::is_same_v<T, RecipeSource> ||
                          std::is_same_v<T, PanelRecipe> || std::is_same_v<T, FigureRecipe>;

// A column is one step unless it says otherwise.
template <class T>
T usual() {
    if constexpr (std::is_same_v<T, std::pair<SampleSource, int>>) return {SampleSource::OriginalOneStep, 1};
    else return {};
}

template <class T>
Json written(const T& value);

// Fields at their defaults are left out, so that a recipe says what somebody chose.
struct RecipeWriter {
    Json json = Json::object();
    template <class T>
    void operator()(const char* key, T& value) {
        json[key] = written(value);
    }
};
constexpr std::array kAlways{"kind", "source"};

template <class T>
Json written(const T& value) {
    if constexpr (std::is_enum_v<T>) {
        for (const auto& [key, word] : Words<T>::all)
            if (key == value) return word;
        return nullptr;
    } else if constexpr (kIsGroup<T>) {
        T copy = value, untouched = usual<T>();
        RecipeWriter chosen, defaults;
        visitRecipe(chosen, copy);
        visitRecipe(defaults, untouched);
        for (const auto& item : defaults.json.items()) {
            const auto& key = item.key();
            const bool always =
                std::any_of(kAlways.begin(), kAlways.end(), [&](const char* name) { return key == name; });
            if (!always && chosen.json[key] == item.value()) chosen.json.erase(key);
        }
        return chosen.json;
    } else if constexpr (std::is_same_v<T, std::optional<RecipeSource>>) {
        return value ? written(*value) : Json();
    } else if constexpr (std::is_same_v<T, std::optional<std::pair<double, double>>>) {
        return value ? Json{value->first, value->second} : Json();
    } else if constexpr (std::is_same_v<T, std::vector<PanelRecipe>> || std::is_same_v<T, std::vector<BandFilter>> ||
                         std::is_same_v<T, std::vector<std::pair<SampleSource, int>>>) {
        Json list = Json::array();
        for (const auto& item : value) list.push_back(written(item));
        return list;
    } else {
        return value;
    }
}

class RecipeReader {
public:
    RecipeReader(const Json& json, std::string path, std::vector<ConfigProblem>& problems)
        : fields_(json, problems, std::move(path)), problems_(problems) {}

    template <class T>
    void operator()(const char* key, T& field) {
        if (const Json* value = fields_.find(key)) read(key, *value, field);
    }
    void reportUnknown() { fields_.reportUnknown("is not a field of a figure"); }
    void expect(const char* key) { fields_.find(key); }

private:
    template <class T>
    void read(const std::string& path, const Json& value, T& field) {
        if constexpr (kIsGroup<T>) {
            if (!value.is_object()) return fields_.wrong(path, value, "an object");
            RecipeReader inner(value, fields_.prefix() + path + ".", problems_);
            visitRecipe(inner, field);
            inner.reportUnknown();
        } else if constexpr (std::is_enum_v<T>) {
            fields_.readWord(path, value, field, Words<T>::all);
        } else {
            fields_.read(path, value, field);
        }
    }
    template <class T>
    void readGroups(const std::string& path, const Json& value, std::vector<T>& field, const char* wanted) {
        fields_.readList(
            path, value, field, wanted,
            [this](const std::string& at, const Json& item, T& target) { read(at, item, target); }, usual<T>());
    }
    void read(const std::string& path, const Json& value, std::vector<PanelRecipe>& field) {
        readGroups(path, value, field, "a list of panels");
    }
    void read(const std::string& path, const Json& value, std::vector<BandFilter>& field) {
        readGroups(path, value, field, "a list of bands");
    }
    void read(const std::string& path, const Json& value, std::vector<std::pair<SampleSource, int>>& field) {
        readGroups(path, value, field, "a list of columns");
    }
    void read(const std::string& path, const Json& value, std::optional<RecipeSource>& field) {
        field.reset();
        if (!value.is_null()) read(path, value, field.emplace());
    }
    void read(const std::string& path, const Json& value, std::optional<std::pair<double, double>>& field) {
        field.reset();
        if (value.is_null()) return;
        const bool two = value.is_array() && value.size() == 2 && value[0].is_number() && value[1].is_number();
        two ? void(field.emplace(value[0].get<double>(), value[1].get<double>()))
            : fields_.wrong(path, value, "two numbers");
    }

    JsonFields fields_;
    std::vector<ConfigProblem>& problems_;
};

[[noreturn]] void noRecipe(const std::string& origin) {
    throw Error(ErrorCode::FileDamaged, "'" + origin + "' is not the recipe of a figure.",
                "Recipes are the .recipe.json files beside exported figures.");
}

}  // namespace

std::string toJson(const FigureRecipe& recipe) {
    Json json = Json::object();
    json[kFormatKey] = kFormat;
    json.update(written(recipe));
    return jsonText(json, 2) + "\n";
}

FigureRecipe figureRecipeFromJson(const std::string& text, const std::string& origin) {
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded() || !json.is_object() || !json.contains(kFormatKey) || !json[kFormatKey].is_number_integer())
        noRecipe(origin);
    if (json[kFormatKey].get<int>() > kFormat)
        throw Error(ErrorCode::WrongKind,
                    "'" + origin + "' was written by a newer Thaw (figure format " + jsonText(json[kFormatKey]) + ").",
                    "Open it with that version, or a newer one.");
    FigureRecipe recipe;
    std::vector<ConfigProblem> problems;
    RecipeReader reader(json, "", problems);
    reader.expect(kFormatKey);
    visitRecipe(reader, recipe);
    reader.reportUnknown();
    if (problems.empty()) problems = problemsOf(recipe);
    throwProblems(problems, "the figure '" + origin + "'");
    return recipe;
}

}  // namespace thaw

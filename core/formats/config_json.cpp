// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/config_json.h"

#include "core/formats/config_fields.h"
#include "core/formats/json_fields.h"
#include "core/formats/json_text.h"
#include "core/values/config_problem.h"
#include "core/values/error.h"
#include "core/values/train_words.h"

#include <nlohmann/json.hpp>

namespace thaw {
namespace {

using Json = JsonFields::Json;

// A text that is JSON itself.
struct JsonText {
    std::string& text;
};

template <class Visitor>
void visitConfig(Visitor& v, PretrainConfig& c) {
    v("kimg", c.kimg);
    v("batch", c.batch);
    visitAdam(v, "adam", c.adam);
    v("warm_up_kimg", c.warmUpKimg);
    v("decay_fraction", c.decayFraction);
    visitEma(v, c.ema);
    v("p_mean", c.pMean);
    v("p_std", c.pStd);
    v("sigma_data", c.sigmaData);
    v("conditional", c.conditional);
    v("augment", c.augment);
    v("xflip", c.xflip);
    v("seed", c.seed);
    v("precision", c.precision);
    v("snapshot_every_kimg", c.snapshotEveryKimg);
    visitSwitch(v, "tensorboard", c.tensorboard);
    JsonText network{c.network};
    v("network", network);
}

// `a.b` -> member b of member a, made when absent.
Json& at(Json& root, const std::string& path) {
    const auto dot = path.find('.');
    return dot == std::string::npos ? root[path] : root[path.substr(0, dot)][path.substr(dot + 1)];
}

struct ConfigWriter {
    Json json = Json::object();
    template <class T>
    void operator()(const std::string& path, const T& value) {
        if constexpr (std::is_enum_v<T>) {
            at(json, path) = wordFor(value);
        } else if constexpr (std::is_same_v<T, FreezePlan>) {
            at(json, path) = toText(value);
        } else if constexpr (std::is_same_v<T, JsonText>) {
            at(json, path) = value.text.empty() ? Json() : Json::parse(value.text);
        } else {
            at(json, path) = value;
        }
    }
    void onlyWhenOn(const std::string& path, bool on) {
        if (on) at(json, path) = true;
    }
};

// The plain fields as everywhere, and those that only these configurations have.
struct ConfigReader {
    JsonFields fields;

    template <class T>
    void operator()(const std::string& path, T& field) {
        fields(path, field);
    }
    void operator()(const std::string& path, FreezePlan& field) {
        const Json* value = fields.find(path);
        if (!value) return;
        value->is_string() ? void(field = parseFreezePlan(value->get<std::string>()))
                           : fields.wrong(path, *value, "a freeze plan");
    }
    // The network's own configuration: an object that the network checks itself.
    void operator()(const std::string& path, JsonText& field) {
        const Json* value = fields.find(path);
        if (!value) return;
        if (value->is_null()) field.text.clear();
        else if (value->is_object()) field.text = jsonText(*value);
        else fields.wrong(path, *value, "an object of network arguments");
    }
};

template <class Config>
std::string write(Config config) {
    ConfigWriter writer;
    visitConfig(writer, config);
    return jsonText(writer.json, 2);
}

template <class Config>
Config readConfig(const std::string& text, Config config, const std::string& origin) {
    Json json;
    try {
        json = Json::parse(text);
    } catch (const nlohmann::json::exception&) {
        throw Error(ErrorCode::FileDamaged, "'" + origin + "' is not valid JSON.", "Check it with a JSON editor.");
    }
    if (!json.is_object())
        throw Error(ErrorCode::Configuration, "'" + origin + "' holds no JSON object.", "Write {\"kimg\": 20, ...}.");
    std::vector<ConfigProblem> problems;
    ConfigReader reader{JsonFields(json, problems)};
    visitConfig(reader, config);
    reader.fields.reportUnknown("is not a field of this configuration");
    for (const auto& problem : validate(config)) problems.push_back(problem);
    throwProblems(problems, "'" + origin + "'");
    return config;
}

}  // namespace

std::string toJson(const FinetuneConfig& config) { return write(config); }
std::string toJson(const PretrainConfig& config) { return write(config); }

FinetuneConfig finetuneConfigFromJson(const std::string& json, const FinetuneConfig& base, const std::string& origin) {
    return readConfig(json, base, origin);
}
PretrainConfig pretrainConfigFromJson(const std::string& json, const PretrainConfig& base, const std::string& origin) {
    return readConfig(json, base, origin);
}

}  // namespace thaw

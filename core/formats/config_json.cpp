// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/config_json.h"

#include "core/formats/json_fields.h"
#include "core/formats/json_text.h"
#include "core/values/config_problem.h"
#include "core/values/error.h"
#include "core/values/train_words.h"

#include <nlohmann/json.hpp>

namespace thaw {
namespace {

using Json = JsonFields::Json;

// One description of the fields serves writing and reading: a visitor sees (path, field) pairs.
template <class Visitor>
void visitAdam(Visitor& v, const std::string& path, AdamConfig& c) {
    v(path + ".learning_rate", c.learningRate);
    v(path + ".beta1", c.beta1);
    v(path + ".beta2", c.beta2);
    v(path + ".epsilon", c.epsilon);
    v(path + ".rectified", c.rectified);
}

template <class Visitor>
void visitEma(Visitor& v, EmaConfig& c) {
    v("ema.half_life_kimg", c.halfLifeKimg);
    v("ema.ramp_up", c.rampUp);
}

// A switch that changes no number of the run: written where it is on, so that the text of all others, by which studies know
// their runs, stays the same.
struct OnlyWhenOn {
    bool& on;
};

template <class Visitor>
void visitTensorboard(Visitor& v, bool& on) {
    OnlyWhenOn field{on};
    v("tensorboard", field);
}

template <class Visitor>
void visitConfig(Visitor& v, FinetuneConfig& c) {
    v("kimg", c.kimg);
    v("batch", c.batch);
    visitAdam(v, "generator", c.generator);
    visitAdam(v, "discriminator", c.discriminator);
    visitEma(v, c.ema);
    v("r1.gamma", c.r1.gamma);
    v("r1.interval", c.r1.interval);
    v("gan", c.gan);
    v("discriminator.kind", c.discriminatorKind);
    v("discriminator.backbones", c.backbones);
    v("discriminator.width", c.discriminatorWidth);
    v("augment.p", c.augment.p);
    v("augment.target", c.augment.target);
    v("rethaw", c.rethaw);
    v("distill.kind", c.distill.kind);
    v("distill.distance", c.distill.distance);
    v("distill.network", c.distill.network);
    v("distill.weight", c.distill.weight);
    v("distill.recipe", c.distill.recipe);
    v("distill.timesteps", c.distill.timesteps);
    v("distill.target_decay", c.distill.targetDecay);
    v("distill.teacher_steps", c.distill.teacherSteps);
    v("distill.pairs", c.distill.pairs);
    v("student_steps", c.studentSteps);
    v("random_start", c.randomStart);
    v("discriminator.sync_batch_norm", c.syncBatchNorm);
    v("xflip", c.xflip);
    v("micro_batch", c.microBatch);
    v("loss", c.loss);
    v("reduction", c.reduction);
    v("seed", c.seed);
    v("precision", c.precision);
    v("measure.features", c.measure.features);
    v("measure.reference", c.measure.reference);
    v("fid_every_kimg", c.fidEveryKimg);
    v("fid_images", c.fidImages);
    v("kid", c.kid);
    v("coverage", c.coverage);
    v("snapshot_every_kimg", c.snapshotEveryKimg);
    v("dropout", c.dropout);
    v("label_dropout", c.labelDropout);
    v("sigma", c.sigma);
    visitTensorboard(v, c.tensorboard);
    v("freeze", c.freeze);
}

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
    visitTensorboard(v, c.tensorboard);
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
        } else if constexpr (std::is_same_v<T, OnlyWhenOn>) {
            if (value.on) at(json, path) = true;
        } else if constexpr (std::is_same_v<T, JsonText>) {
            at(json, path) = value.text.empty() ? Json() : Json::parse(value.text);
        } else {
            at(json, path) = value;
        }
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
    void operator()(const std::string& path, OnlyWhenOn& field) { fields(path, field.on); }
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

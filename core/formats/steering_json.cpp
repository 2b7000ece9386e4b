// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/steering_json.h"

#include "core/formats/json_fields.h"
#include "core/formats/json_text.h"
#include "core/values/error.h"
#include "core/values/range_check.h"
#include "core/values/train_words.h"

#include <cmath>

namespace thaw {
namespace {

using SteeringJson = nlohmann::ordered_json;

void readRate(JsonFields& fields, RangeCheck& check, const char* name, std::optional<double>& rate) {
    const auto* value = fields.find(name);
    if (!value) return;
    if (!value->is_number()) return fields.wrong(name, *value, "a number");
    rate = value->get<double>();
    check.positive(name, *rate, 1);
}

}  // namespace

std::string toJson(const SteeringRequest& request) {
    SteeringJson json{{"request", wordFor(request.verb)}};
    if (request.verb == SteeringVerb::Freeze) json["plan"] = toText(request.plan);
    if (request.g) json["g"] = *request.g;
    if (request.d) json["d"] = *request.d;
    json["id"] = request.id;
    json["host"] = request.host;
    json["time"] = request.time;
    return jsonText(json) + "\n";
}

SteeringRequest steeringRequestFromJson(const std::string& text) {
    const auto json = SteeringJson::parse(text, nullptr, /*allow_exceptions=*/false);
    if (!json.is_object())
        throw Error(ErrorCode::Configuration, "The request is no JSON object.", "Ask again with thaw-cli.");
    std::vector<ConfigProblem> problems;
    JsonFields fields(json, problems);
    RangeCheck check(problems);
    SteeringRequest request;
    if (!fields.find("request")) check.add("request", "is missing, must be " + quotedWords<SteeringVerb>());
    fields("request", request.verb);
    fields("id", request.id);
    fields("host", request.host);
    fields("time", request.time);
    if (request.verb == SteeringVerb::Freeze) {
        std::string plan;
        fields("plan", plan);
        request.plan = parseFreezePlan(plan);
        // Who means to freeze nothing says so.
        check.require(plan == "none" || !request.plan.patterns.empty(), "plan",
                      "is missing or empty, must be a freeze plan");
    }
    if (request.verb == SteeringVerb::Rate) {
        readRate(fields, check, "g", request.g);
        readRate(fields, check, "d", request.d);
        check.require(request.g || request.d || !problems.empty(), "g", "is missing, and so is d: no rate is named");
    }
    fields.reportUnknown(std::string("is not a field of '") + wordFor(request.verb) + "'");
    if (!problems.empty())
        throw Error(ErrorCode::Configuration, "The request is impossible: " + textOf(problems) + ".",
                    "Ask again with thaw-cli.");
    return request;
}

std::string toJson(const RunStatus& status) {
    SteeringJson json{{"state", wordFor(status.state)}};
    if (status.outcome) json["outcome"] = wordFor(*status.outcome);
    json["step"] = status.step;
    json["kimg"] = status.kimg;
    json["target_kimg"] = status.targetKimg;
    const auto add = [&](const char* key, std::optional<double> value) {
        if (value && std::isfinite(*value)) json[key] = *value;
    };
    add("distance", status.distance);
    add("loss", status.loss);
    add("g_loss", status.gLoss);
    add("d_loss", status.dLoss);
    add("distill_loss", status.distillLoss);
    add("images_per_second", status.imagesPerSecond);
    if (!status.message.empty()) json["message"] = status.message;
    json["host"] = status.host;
    json["pid"] = status.pid;
    json["since"] = status.since;
    json["written"] = status.written;
    json["answered"] = SteeringJson::array();
    for (const auto& answer : status.answered)
        json["answered"].push_back({{"id", answer.id}, {"ok", answer.ok}, {"message", answer.message}});
    return jsonText(json) + "\n";
}

}  // namespace thaw

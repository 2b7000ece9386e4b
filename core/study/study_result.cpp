// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study_result.h"

#include "core/formats/json_text.h"
#include "core/formats/measure_json.h"

#include <nlohmann/json.hpp>

#include <limits>

namespace thaw {
namespace {

using ResultJson = nlohmann::ordered_json;

ResultJson numberOrNull(const std::optional<double>& value) { return value ? ResultJson(*value) : ResultJson(); }

ResultJson resultJson(const TrainingResult& r) {
    auto points = ResultJson::array();
    for (const auto& p : r.points) points.push_back({p.kimg, p.seconds, p.distance});
    return {{"kind", "training"},
            {"diverged", r.diverged},
            {"images", r.images},
            {"seconds", r.seconds},
            {"frozen_percent", r.frozenPercent},
            {"calls",
             {{"student", r.student},
              {"teacher", r.teacher},
              {"discriminator", r.discriminator},
              {"features", r.features}}},
            {"points", points},
            {"measure", measureJson(r.measure)},
            {"precision", numberOrNull(r.precision)},
            {"recall", numberOrNull(r.recall)},
            {"folder", r.folder}};
}

ResultJson resultJson(const DistanceResult& r) {
    return {{"kind", "distance"}, {"distance", r.distance}, {"measure", measureJson(r.measure)}};
}

ResultJson pairJson(const PairDistances& d) {
    return {{"same", d.same}, {"same_spread", d.sameSpread}, {"others", d.others}, {"matched", d.matched}};
}

ResultJson resultJson(const PairingResult& r) {
    return {{"kind", "pairing"},
            {"pixels", pairJson(r.pixels)},
            {"features", pairJson(r.features)},
            {"feature_title", r.featureTitle},
            {"images", r.images}};
}

PairDistances pairsFrom(const ResultJson& json) {
    return {json.at("same"), json.at("same_spread"), json.at("others"), json.at("matched")};
}

std::optional<double> optionalNumber(const ResultJson& json) {
    return json.is_number() ? std::optional(json.get<double>()) : std::nullopt;
}

StudyResult resultFrom(const ResultJson& json) {
    const std::string kind = json.at("kind");
    const auto measure = [&] { return measureFromJson(json.at("measure")).value_or(Measure{}); };
    if (kind == "distance") return DistanceResult{json.at("distance"), measure()};
    if (kind == "pairing")
        return PairingResult{pairsFrom(json.at("pixels")), pairsFrom(json.at("features")), json.at("feature_title"),
                             json.at("images")};
    TrainingResult r;
    r.diverged = json.at("diverged");
    r.images = json.at("images");
    r.seconds = json.at("seconds");
    r.frozenPercent = json.at("frozen_percent");
    const auto& calls = json.at("calls");
    r.student = calls.at("student");
    r.teacher = calls.at("teacher");
    r.discriminator = calls.at("discriminator");
    r.features = calls.at("features");
    for (const auto& p : json.at("points")) r.points.push_back({p.at(0), p.at(1), p.at(2)});
    r.measure = measure();
    r.precision = optionalNumber(json.at("precision"));
    r.recall = optionalNumber(json.at("recall"));
    r.folder = json.at("folder");
    return r;
}

}  // namespace

double TrainingResult::distance() const {
    return diverged || points.empty() ? std::numeric_limits<double>::infinity() : points.back().distance;
}

std::string resultText(const StudyResult& result) {
    return jsonText(std::visit([](const auto& r) { return resultJson(r); }, result), 1) + "\n";
}

std::optional<StudyResult> resultFromText(const std::string& text) {
    try {
        return resultFrom(ResultJson::parse(text));
    } catch (const ResultJson::exception&) {
        return {};
    }
}

}  // namespace thaw

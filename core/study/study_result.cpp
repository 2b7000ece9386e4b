// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study_result.h"

#include "core/formats/json_text.h"
#include "core/formats/measure_json.h"
#include "core/values/not_a_number.h"

#include <nlohmann/json.hpp>

#include <limits>
#include <utility>

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

ResultJson resultJson(const ResponsesResult& r) {
    return {{"kind", "responses"},
            {"blocks", r.blocks},
            {"sigmas", r.sigmas},
            {"frequencies", r.frequencies},
            {"power", r.power},
            {"centroid", r.centroid},
            {"centroid_deviation", r.centroidDeviation},
            {"images", r.images}};
}

ResultJson resultJson(const ImagePowerResult& r) {
    return {{"kind", "image_power"}, {"title", r.title},         {"frequencies", r.frequencies},
            {"power", r.power},      {"deviation", r.deviation}, {"images", r.images}};
}

PairDistances pairsFrom(const ResultJson& json) {
    return {json.at("same"), json.at("same_spread"), json.at("others"), json.at("matched")};
}

std::optional<double> optionalNumber(const ResultJson& json) {
    return json.is_number() ? std::optional(json.get<double>()) : std::nullopt;
}

// Null, as JSON has what is not a number, is a cell that holds none.
std::vector<double> cellsFrom(const ResultJson& json) {
    std::vector<double> cells;
    for (const auto& cell : json) cells.push_back(cell.is_null() ? kNan : cell.get<double>());
    return cells;
}

// Whether there are as many cells as its axes say; a file that was cut or changed by hand may have others.
bool isWhole(const StudyResult& result) {
    if (const auto* r = std::get_if<ResponsesResult>(&result)) {
        const auto rows = r->blocks.size() * r->sigmas.size();
        return r->power.size() == rows * r->frequencies.size() && r->centroid.size() == rows &&
               r->centroidDeviation.size() == rows;
    }
    if (const auto* r = std::get_if<ImagePowerResult>(&result))
        return r->power.size() == r->frequencies.size() && r->deviation.size() == r->frequencies.size();
    return true;
}

StudyResult resultFrom(const ResultJson& json) {
    const std::string kind = json.at("kind");
    const auto measure = [&] { return measureFromJson(json.at("measure")).value_or(Measure{}); };
    if (kind == "distance") return DistanceResult{json.at("distance"), measure()};
    if (kind == "pairing")
        return PairingResult{pairsFrom(json.at("pixels")), pairsFrom(json.at("features")), json.at("feature_title"),
                             json.at("images")};
    if (kind == "responses")
        return ResponsesResult{json.at("blocks").get<std::vector<std::string>>(),
                               cellsFrom(json.at("sigmas")),
                               cellsFrom(json.at("frequencies")),
                               cellsFrom(json.at("power")),
                               cellsFrom(json.at("centroid")),
                               cellsFrom(json.at("centroid_deviation")),
                               json.at("images")};
    if (kind == "image_power")
        return ImagePowerResult{json.at("title"), cellsFrom(json.at("frequencies")), cellsFrom(json.at("power")),
                                cellsFrom(json.at("deviation")), json.at("images")};
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
        auto result = resultFrom(ResultJson::parse(text));
        return isWhole(result) ? std::optional(std::move(result)) : std::nullopt;
    } catch (const ResultJson::exception&) {
        return {};
    }
}

}  // namespace thaw

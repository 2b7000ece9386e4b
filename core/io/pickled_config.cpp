// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/pickled_config.h"

#include "core/formats/json_text.h"
#include "core/nn/network_config.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>

namespace thaw {
namespace {

using Json = nlohmann::ordered_json;
using pickle::Document;
using pickle::Kind;
using pickle::Ref;

// numpy.core.multiarray.scalar(dtype('f8'), b'...'): the bytes of one number.
std::optional<Json> numpyScalar(const Document& d, const pickle::Node& object) {
    const auto& arguments = d.elements(object.arguments);
    if (object.callable == pickle::kNothing || d[object.callable].kind != Kind::Global ||
        d[object.callable].name != "scalar" || arguments.size() != 2 || d[arguments[1]].kind != Kind::Bytes ||
        d[arguments[0]].kind != Kind::Object)
        return {};
    const auto& names = d.elements(d[arguments[0]].arguments);
    if (names.empty() || d[names[0]].kind != Kind::String) return {};
    const auto type = d[names[0]].text, bytes = d[arguments[1]].text;
    const auto read = [&](auto value) -> std::optional<Json> {
        if (bytes.size() != sizeof(value)) return {};
        std::memcpy(&value, bytes.data(), sizeof(value));
        return Json(value);
    };
    if (type == "f8") return read(double{});
    if (type == "f4") return read(float{});
    if (type == "i8") return read(std::int64_t{});
    if (type == "i4") return read(std::int32_t{});
    return {};
}

std::optional<Json> toJson(const Document& d, Ref ref, int depth = 0) {
    const auto& node = d[ref];
    switch (node.kind) {
    case Kind::Bool: return Json(node.integer != 0);
    case Kind::Int: return Json(node.integer);
    case Kind::Float: return std::isfinite(node.real) ? std::optional(Json(node.real)) : std::nullopt;
    case Kind::String:
        if (node.text.size() > 200) return {};
        return Json(std::string(node.text));
    case Kind::List:
    case Kind::Tuple: {
        if (depth > 2 || node.items.size() > 64) return {};
        auto array = Json::array();
        for (const Ref item : node.items) {
            auto value = toJson(d, item, depth + 1);
            if (!value) return {};
            array.push_back(std::move(*value));
        }
        return array;
    }
    case Kind::Object: return numpyScalar(d, node);
    case Kind::None:
    case Kind::Bytes:
    case Kind::Dict:
    case Kind::Set:
    case Kind::Global:
    case Kind::Persistent: break;
    }
    return {};
}

}  // namespace

void PickledConfig::add(const std::string& key, Ref value) {
    if (auto json = toJson(d_, value)) values_[key] = jsonText(*json);
}

void PickledConfig::addKeywords(const Pairs& pairs) {
    for (const auto& [key, value] : pairs)
        if (d_[key].kind == Kind::String && d_[key].text.size() < 64)
            if (const std::string name(d_[key].text); name != "in_channels" && name != "out_channels") add(name, value);
}

void PickledConfig::addAttributes(const Pairs& pairs) {
    static constexpr const char* kKnown[] = {
        "img_resolution", "img_channels", "label_dim", "sigma_min", "sigma_max", "sigma_data",
        "beta_d",         "beta_min",     "M",         "epsilon_t", "C_1",       "C_2"};
    for (const auto& [key, value] : pairs)
        for (const char* known : kKnown)
            if (d_[key].kind == Kind::String && d_[key].text == known) add(known, value);
}

void PickledConfig::addPositional(std::string_view className, const std::vector<Ref>& values) {
    std::vector<const char*> names{"img_resolution", "img_channels", "label_dim", "use_fp16"};
    const auto more = [&](std::initializer_list<const char*> rest) { names.insert(names.end(), rest); };
    if (className == "VPPrecond") more({"beta_d", "beta_min", "M", "epsilon_t", "model_type"});
    else if (className == "VEPrecond") more({"sigma_min", "sigma_max", "model_type"});
    else if (className == "iDDPMPrecond") more({"C_1", "C_2", "M", "model_type"});
    else more({"sigma_min", "sigma_max", "sigma_data", "model_type"});
    for (std::size_t i = 0; i < std::min(names.size(), values.size()); ++i) add(names[i], values[i]);
}

void PickledConfig::setType(const std::string& networkClass) {
    if (valueOfWord<Architecture>(networkClass)) values_["model_type"] = jsonText(Json(networkClass));
}

std::string PickledConfig::json() const {
    if (!values_.count("img_resolution")) return {};
    std::string text = "{";
    for (const auto& [key, value] : values_) text += (text.size() > 1 ? "," : "") + jsonText(Json(key)) + ":" + value;
    return text + "}";
}

}  // namespace thaw

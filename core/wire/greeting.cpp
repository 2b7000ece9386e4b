// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/greeting.h"

#include "core/formats/json_text.h"
#include "core/values/error.h"
#include "core/wire/frame.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>

namespace thaw::wire {

namespace {

constexpr std::size_t kLongestGreeting = 64 << 10;

std::string titleOf(const Greeting& greeting) {
    return (greeting.program.empty() ? "Thaw" : greeting.program) + " " + greeting.version;
}

}  // namespace

bool Greeting::has(const std::string& feature) const {
    return std::find(features.begin(), features.end(), feature) != features.end();
}

std::string greetingBytes(const Greeting& greeting) {
    const nlohmann::ordered_json json{{"program", greeting.program},
                                      {"version", greeting.version},
                                      {"protocol", greeting.protocol},
                                      {"features", greeting.features}};
    return std::string(kMarker) + frameBytes(FrameKind::Greeting, jsonText(json));
}

Greeting greetingOf(std::string_view payload, const std::string& peer) {
    const auto damaged = [&](const std::string& what) {
        return Error(ErrorCode::FileDamaged, "The greeting of '" + peer + "' " + what + ".",
                     "Install the same version of Thaw on both machines.");
    };
    if (payload.size() > kLongestGreeting)
        throw damaged("is " + std::to_string(payload.size()) + " bytes long, more than " +
                      std::to_string(kLongestGreeting));
    const auto json = nlohmann::json::parse(payload, nullptr, /*allow_exceptions=*/false);
    if (!json.is_object()) throw damaged("is no JSON object");
    const auto text = [&](const char* key) {
        const auto it = json.find(key);
        if (it == json.end() || !it->is_string()) throw damaged("does not say its " + std::string(key));
        return it->get<std::string>();
    };
    Greeting greeting{text("program"), text("version")};
    const auto protocol = json.find("protocol");
    if (protocol == json.end() || !protocol->is_number_integer() || protocol->get<double>() < 1 ||
        protocol->get<double>() > 1e6)
        throw damaged("does not say its protocol");
    greeting.protocol = protocol->get<int>();
    if (const auto features = json.find("features"); features != json.end() && features->is_array())
        for (const auto& feature : *features)
            if (feature.is_string()) greeting.features.push_back(feature.get<std::string>());
    return greeting;
}

void requireSameProtocol(const Greeting& ours, const Greeting& theirs, const std::string& peer) {
    if (ours.protocol == theirs.protocol) return;
    const bool older = theirs.protocol < ours.protocol;
    throw Error(
        ErrorCode::WrongKind,
        "'" + peer + "' has " + titleOf(theirs) + ", which speaks protocol " + std::to_string(theirs.protocol) + "; " +
            titleOf(ours) + " here speaks protocol " + std::to_string(ours.protocol) + ".",
        older ? "Install " + ours.version + " on '" + peer + "' too." : "Install " + theirs.version + " here too.");
}

}  // namespace thaw::wire

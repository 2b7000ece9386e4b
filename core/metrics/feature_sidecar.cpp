// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/feature_sidecar.h"

#include "core/values/error.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <sstream>

namespace thaw {
namespace {

using nlohmann::json;
using Range = FeatureSidecar::Range;
using Resize = FeatureSidecar::Resize;

constexpr std::pair<const char*, Range> kRanges[] = {
    {"uint8", Range::Bytes}, {"0..255", Range::To255}, {"0..1", Range::ZeroOne}, {"-1..1", Range::MinusOne}};
constexpr std::pair<const char*, Resize> kResizes[] = {{"none", Resize::None},
                                                       {"bilinear", Resize::Bilinear},
                                                       {"bilinear-antialias", Resize::BilinearAntialias},
                                                       {"bicubic-antialias", Resize::BicubicAntialias},
                                                       {"tf1-bilinear", Resize::Tf1Bilinear}};

// One sidecar while it is read: every complaint names the file and the field.
struct Reader {
    const std::string& path;
    const json& root;

    [[noreturn]] void refuse(const std::string& field, const json& value, const std::string& must) const {
        auto shown = value.dump();
        if (shown.size() > 60) shown = shown.substr(0, 57) + "...";
        throw Error(ErrorCode::WrongKind,
                    "'" + path + "': the field \"" + field + "\" is " + shown + ", it must be " + must + ".",
                    "Correct that field.");
    }

    // Undefined fields and null mean the default.
    const json* find(const std::string& field) const {
        const auto entry = root.find(field);
        return entry == root.end() || entry->is_null() ? nullptr : &*entry;
    }

    std::string text(const std::string& field) const {
        const auto* value = find(field);
        if (!value) return {};
        if (!value->is_string()) refuse(field, *value, "a text");
        return value->get<std::string>();
    }

    std::optional<std::int64_t> number(const std::string& field, std::int64_t least, std::int64_t most) const {
        const auto* value = find(field);
        if (!value) return {};
        const auto must = "a whole number from " + std::to_string(least) + " to " + std::to_string(most);
        if (!value->is_number_integer()) refuse(field, *value, must);
        const double size = value->get<double>();
        if (size < double(least) || size > double(most)) refuse(field, *value, must);
        return value->get<std::int64_t>();
    }

    template <class Names>
    auto choice(const std::string& field, const json& value, const Names& names, const std::string& orElse = {}) const {
        std::string known;
        for (const auto& [name, meaning] : names) {
            if (value.is_string() && value.get<std::string>() == name) return meaning;
            known += std::string(known.empty() ? "" : ", ") + "\"" + name + "\"";
        }
        refuse(field, value, "one of " + known + orElse);
    }

    std::vector<double> perChannel(const json& value, int channels, bool positive) const {
        std::vector<double> numbers;
        if (value.is_array())
            for (const auto& item : value)
                if (item.is_number()) numbers.push_back(item.get<double>());
        const bool good = std::all_of(numbers.begin(), numbers.end(),
                                      [&](double x) { return std::isfinite(x) && (!positive || x > 0); });
        if (!value.is_array() || numbers.size() != value.size() || int(numbers.size()) != channels || !good)
            refuse("range", value,
                   "a list of " + std::to_string(channels) + (positive ? " positive" : "") + " numbers, one a channel");
        return numbers;
    }

    FeatureSidecar::Place place(const std::string& field, const json& value) const {
        if (value.is_string()) return value.get<std::string>();
        if (value.is_number_integer() && value >= 0 && value < 1000) return value.get<std::int64_t>();
        refuse(field, value, "a place in a tuple (0, 1, ...) or a key of a dictionary");
    }
};

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    return text;
}

json parse(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    if (!stream || !(text << stream.rdbuf()))
        throw Error(ErrorCode::FileMissing, "The file '" + path + "' cannot be read.", "Check the path.");
    auto root = json::parse(text.str(), nullptr, false);
    if (root.is_discarded() || !root.is_object())
        throw Error(ErrorCode::FileDamaged, "'" + path + "' is not a JSON object.",
                    "Write it again; packaging/export_features.py shows one.");
    return root;
}

}  // namespace

FeatureSidecar readFeatureSidecar(const std::string& path) {
    const auto root = parse(path);
    const Reader reader{path, root};
    FeatureSidecar sidecar;
    sidecar.title = reader.text("title");
    if (sidecar.title.empty()) reader.refuse("title", root.value("title", json()), "the name of the network");
    sidecar.licence = reader.text("licence");
    sidecar.channels = int(reader.number("channels", 1, 64).value_or(3));
    if (const auto size = reader.number("size", 1, 4096)) sidecar.size = int(*size);
    sidecar.dimensions = reader.number("dimensions", 1, 1 << 20);

    if (const auto* range = reader.find("range")) {
        if (range->is_object() && range->contains("mean") && range->contains("std")) {
            sidecar.range = Range::MeanStd;
            sidecar.mean = reader.perChannel(range->at("mean"), sidecar.channels, false);
            sidecar.std = reader.perChannel(range->at("std"), sidecar.channels, true);
        } else {
            sidecar.range = reader.choice("range", *range, kRanges, R"( or {"mean": [...], "std": [...]})");
        }
    }
    if (const auto* resize = reader.find("resize")) sidecar.resize = reader.choice("resize", *resize, kResizes);
    if (sidecar.resize != Resize::None && !sidecar.size)
        reader.refuse("size", root.value("size", json()),
                      "a number of pixels, because \"resize\" is " + root["resize"].dump());

    if (const auto* output = reader.find("output")) {
        if (!output->is_object()) reader.refuse("output", *output, R"(like {"features": 0, "logits": 1})");
        if (output->contains("features") && !output->at("features").is_null())
            sidecar.features = reader.place("output.features", output->at("features"));
        if (output->contains("logits") && !output->at("logits").is_null())
            sidecar.logits = reader.place("output.logits", output->at("logits"));
    }
    sidecar.inception = lower(sidecar.title).find("inception") != std::string::npos;
    if (const auto* inception = reader.find("inception")) {
        if (!inception->is_boolean()) reader.refuse("inception", *inception, "true or false");
        sidecar.inception = inception->get<bool>();
    }
    return sidecar;
}

std::string resizeName(const FeatureSidecar& sidecar) {
    if (!sidecar.size) return {};
    if (sidecar.resize == Resize::None) return "of " + std::to_string(*sidecar.size) + " pixels";
    for (const auto& [name, meaning] : kResizes)
        if (meaning == sidecar.resize) return "resized to " + std::to_string(*sidecar.size) + " by " + name;
    return {};
}

std::string rangeName(const FeatureSidecar& sidecar) {
    for (const auto& [name, meaning] : kRanges)
        if (meaning == sidecar.range) return name;
    std::string text = "(x - ";
    const auto list = [&](const std::vector<double>& values) {
        char number[32];
        for (std::size_t k = 0; k < values.size(); ++k) {
            std::snprintf(number, sizeof number, "%s%.4g", k ? " " : "", values[k]);
            text += number;
        }
    };
    list(sidecar.mean);
    text += ")/(";
    list(sidecar.std);
    return text + ")";
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/feature_sidecar.h"

#include "core/formats/json_fields.h"
#include "core/values/error.h"
#include "core/values/number_text.h"
#include "core/values/range_check.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

namespace thaw {
namespace {

using Json = JsonFields::Json;
using Range = FeatureSidecar::Range;
using Resize = FeatureSidecar::Resize;

constexpr std::pair<Range, const char*> kRanges[] = {
    {Range::Bytes, "uint8"}, {Range::To255, "0..255"}, {Range::ZeroOne, "0..1"}, {Range::MinusOne, "-1..1"}};
constexpr std::pair<Resize, const char*> kResizes[] = {{Resize::None, "none"},
                                                       {Resize::Bilinear, "bilinear"},
                                                       {Resize::BilinearAntialias, "bilinear-antialias"},
                                                       {Resize::BicubicAntialias, "bicubic-antialias"},
                                                       {Resize::Tf1Bilinear, "tf1-bilinear"}};

// One sidecar while it is read; absent fields and null mean the default. All complaints name the file and the field.
class SidecarReader {
public:
    explicit SidecarReader(const Json& root) : fields_(root, problems_, {}, JsonFields::Null::Absent) {}

    FeatureSidecar read() {
        FeatureSidecar sidecar;
        fields_("title", sidecar.title);
        if (problems_.empty() && sidecar.title.empty())
            check_.add("title", "is missing, must be the name of the network");
        fields_("licence", sidecar.licence);
        sidecar.channels = int(number("channels", 1, 64).value_or(3));
        sidecar.size = number("size", 1, 4096);
        sidecar.dimensions = number("dimensions", 1, 1 << 20);
        if (const Json* range = fields_.find("range")) readRange(*range, sidecar);
        if (const Json* resize = fields_.find("resize")) fields_.readWord("resize", *resize, sidecar.resize, kResizes);
        if (sidecar.resize != Resize::None && !sidecar.size)
            check_.add("size", "is missing, must be a number of pixels because of \"resize\"");
        readOutput(sidecar);
        sidecar.inception = lower(sidecar.title).find("inception") != std::string::npos;
        fields_("inception", sidecar.inception);
        return sidecar;
    }
    const std::vector<ConfigProblem>& problems() const { return problems_; }

private:
    static std::string lower(std::string text) {
        std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return char(std::tolower(c)); });
        return text;
    }

    std::optional<int> number(const char* field, int least, int most) {
        const Json* value = fields_.find(field);
        if (!value) return {};
        int number = least;
        fields_.read(field, *value, number);
        check_.range(field, number, least, most);
        return number;
    }

    void readRange(const Json& value, FeatureSidecar& sidecar) {
        if (!value.is_object() || !value.contains("mean") || !value.contains("std")) {
            const auto before = problems_.size();
            fields_.readWord("range", value, sidecar.range, kRanges);
            if (problems_.size() > before) problems_.back().message += R"( or {"mean": [...], "std": [...]})";
            return;
        }
        sidecar.range = Range::MeanStd;
        sidecar.mean = perChannel(value.at("mean"), sidecar.channels, false);
        sidecar.std = perChannel(value.at("std"), sidecar.channels, true);
    }

    std::vector<double> perChannel(const Json& value, int channels, bool positive) {
        std::vector<double> numbers;
        if (value.is_array())
            for (const auto& item : value)
                if (item.is_number()) numbers.push_back(item.get<double>());
        const bool good = std::all_of(numbers.begin(), numbers.end(),
                                      [&](double x) { return std::isfinite(x) && (!positive || x > 0); });
        if (!value.is_array() || numbers.size() != value.size() || int(numbers.size()) != channels || !good)
            fields_.wrong(
                "range", value,
                "a list of " + std::to_string(channels) + (positive ? " positive" : "") + " numbers, one a channel");
        return numbers;
    }

    void readOutput(FeatureSidecar& sidecar) {
        const Json* output = fields_.find("output");
        if (output && !output->is_object()) fields_.wrong("output", *output, R"(like {"features": 0, "logits": 1})");
        if (!output || !output->is_object()) return;
        const auto place = [&](const char* field, auto& target) {
            const Json* value = fields_.find(field);
            if (!value) return;
            if (value->is_string()) target = value->get<std::string>();
            else if (value->is_number_integer() && *value >= 0 && *value < 1000) target = value->get<std::int64_t>();
            else fields_.wrong(field, *value, "a place in a tuple (0, 1, ...) or a key of a dictionary");
        };
        place("output.features", sidecar.features);
        place("output.logits", sidecar.logits);
    }

    std::vector<ConfigProblem> problems_;
    RangeCheck check_{problems_};
    JsonFields fields_;
};

Json parse(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    if (!stream || !(text << stream.rdbuf()))
        throw Error(ErrorCode::FileMissing, "The file '" + path + "' cannot be read.", "Check the path.");
    auto root = Json::parse(text.str(), nullptr, false);
    if (root.is_discarded() || !root.is_object())
        throw Error(ErrorCode::FileDamaged, "'" + path + "' is not a JSON object.",
                    "Write it again; packaging/export_features.py shows one.");
    return root;
}

}  // namespace

FeatureSidecar readFeatureSidecar(const std::string& path) {
    const auto root = parse(path);
    SidecarReader reader(root);
    auto sidecar = reader.read();
    if (const auto& problems = reader.problems(); !problems.empty())
        throw Error(ErrorCode::WrongKind, "The description '" + path + "' is impossible: " + textOf(problems) + ".",
                    problems.size() == 1 ? "Correct that field." : "Correct these fields.");
    return sidecar;
}

std::string resizeName(const FeatureSidecar& sidecar) {
    if (!sidecar.size) return {};
    if (sidecar.resize == Resize::None) return "of " + std::to_string(*sidecar.size) + " pixels";
    for (const auto& [meaning, name] : kResizes)
        if (meaning == sidecar.resize) return "resized to " + std::to_string(*sidecar.size) + " by " + name;
    return {};
}

std::string rangeName(const FeatureSidecar& sidecar) {
    for (const auto& [meaning, name] : kRanges)
        if (meaning == sidecar.range) return name;
    std::string text = "(x - ";
    const auto list = [&](const std::vector<double>& values) {
        for (std::size_t k = 0; k < values.size(); ++k) text += (k ? " " : "") + shortNumber(values[k], 4);
    };
    list(sidecar.mean);
    text += ")/(";
    list(sidecar.std);
    return text + ")";
}

}  // namespace thaw

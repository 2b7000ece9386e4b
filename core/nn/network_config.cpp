// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/network_config.h"

#include "core/formats/json_fields.h"
#include "core/formats/json_text.h"
#include "core/nn/unet_plan.h"
#include "core/values/error.h"
#include "core/values/range_check.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace thaw {
namespace {

using Json = JsonFields::Json;

// The network exists for exactly these choices; anything else computes something different and must not open.
[[noreturn]] void unknownChoice(const char* key, const Json& value, const std::string& known,
                                const std::string& origin) {
    throw Error(ErrorCode::WrongKind,
                "'" + origin + "' has " + key + " " + jsonText(value) + ", which this version cannot build.",
                "It builds " + known + ".");
}

template <class Enum>
Enum choice(const Json& json, const char* key, Enum fallback, const std::string& origin) {
    if (!json.contains(key)) return fallback;
    const auto& value = json.at(key);
    const auto known = value.is_string() ? valueOfWord<Enum>(value.get<std::string>()) : std::nullopt;
    if (!known) unknownChoice(key, value, listedWords<Enum>(), origin);
    return *known;
}

void checkWidths(const NetworkConfig& c, RangeCheck& check) {
    check.range("img_resolution", c.imgResolution, 4, 1024);
    check.range("img_channels", c.imgChannels, 1, 16);
    check.range("out_channels", c.outChannels, 0, 32);
    check.range("label_dim", c.labelDim, 0, 100000);
    check.range("augment_dim", c.augmentDim, 0, 64);
    check.range("model_channels", c.modelChannels, 8, 2048);
    check.range("channel_mult_emb", c.channelMultEmb, 1, 16);
    check.range("channel_mult_noise", c.channelMultNoise, 1, 16);
    check.range("num_blocks", c.numBlocks, 1, 32);
    check.range("channel_mult (number of levels)", double(c.channelMult.size()), 1, 8);
    check.require(c.modelChannels % 2 == 0, "model_channels",
                  "is " + std::to_string(c.modelChannels) + ", must be even");
    for (const int m : c.channelMult) check.range("channel_mult", m, 1, 64);
    if (!c.channelMult.empty() && c.channelMult.size() <= 8) {
        const int factor = 1 << (c.channelMult.size() - 1);
        check.require(c.imgResolution % factor == 0, "img_resolution",
                      "is " + std::to_string(c.imgResolution) + ", must be divisible by " + std::to_string(factor) +
                          " for " + std::to_string(c.channelMult.size()) + " levels");
    }
}

// GroupNorm's groups must divide the channels, at every width a norm meets.
void checkNorms(const NetworkConfig& c, RangeCheck& check) {
    std::set<std::int64_t> widths;
    const auto plan = planOf(c);
    for (const auto* stages : {&plan.encoder, &plan.decoder})
        for (const auto& stage : *stages)
            if (stage.kind == StageKind::Block || stage.kind == StageKind::Norm)
                widths.insert({stage.block.in, stage.block.out});
    for (const auto width : widths)
        check.require(groupCount(width) > 0 && width % groupCount(width) == 0, "model_channels",
                      std::to_string(c.modelChannels) + " gives a layer of " + std::to_string(width) +
                          " channels, which " + std::to_string(groupCount(width)) + " groups do not divide");
}

std::vector<ConfigProblem> problemsOf(const NetworkConfig& c) {
    std::vector<ConfigProblem> problems;
    RangeCheck check(problems);
    checkWidths(c, check);
    check.require(c.resampleFilter.size() % 2 == 0 && !c.resampleFilter.empty() && c.resampleFilter.size() <= 8,
                  "resample_filter",
                  "has " + std::to_string(c.resampleFilter.size()) + " taps, must have 2, 4, 6 or 8");
    int sum = 0;
    for (const int tap : c.resampleFilter) {
        check.range("resample_filter", tap, -1000000, 1000000);
        sum += std::clamp(tap, -1000000, 1000000);
    }
    check.require(sum != 0, "resample_filter", "sums to 0");
    check.below("dropout", c.dropout, 0, 1);
    check.below("label_dropout", c.labelDropout, 0, 1);
    check.positive("sigma_data", c.sigmaData, 1e6);
    check.below("epsilon", c.epsilon, 0, 80);
    check.positive("beta_d", c.betaD, 1e6);
    check.positive("beta_min", c.betaMin, 1e6);
    check.positive("epsilon_t", c.epsilonT, 1);
    check.range("M", c.timesteps, 2, 100000);
    check.positive("C_1", c.c1, 1);
    check.positive("C_2", c.c2, 1);
    if (problems.empty()) checkNorms(c, check);
    return problems;
}

void readNetwork(const Json& json, NetworkConfig& c, std::vector<ConfigProblem>& problems) {
    // Constructor arguments of other parts of a program may stand beside these, and a null is a default.
    JsonFields fields(json, problems, {}, JsonFields::Null::Absent);
    fields("img_resolution", c.imgResolution);
    fields("img_channels", c.imgChannels);
    fields("out_channels", c.outChannels);
    fields("label_dim", c.labelDim);
    fields("augment_dim", c.augmentDim);
    fields("model_channels", c.modelChannels);
    fields("channel_mult", c.channelMult);
    fields("channel_mult_emb", c.channelMultEmb);
    fields("channel_mult_noise", c.channelMultNoise);
    fields("num_blocks", c.numBlocks);
    fields("attn_resolutions", c.attnResolutions);
    fields("dropout", c.dropout);
    fields("label_dropout", c.labelDropout);
    fields("resample_filter", c.resampleFilter);
    fields("two_time", c.twoTime);
    fields("sigma_data", c.sigmaData);
    fields("epsilon", c.epsilon);
    fields("beta_d", c.betaD);
    fields("beta_min", c.betaMin);
    fields("epsilon_t", c.epsilonT);
    fields("M", c.timesteps);
    fields("C_1", c.c1);
    fields("C_2", c.c2);
    const auto bound = [&](const char* key, std::optional<double>& field) {
        // The published default of 0 (and Infinity, null here) means that there is no bound.
        if (const auto* value = fields.find(key); value && value->is_number() && *value != 0)
            field = value->get<double>();
    };
    bound("sigma_min", c.sigmaMin);
    bound("sigma_max", c.sigmaMax);
}

}  // namespace

bool NetworkConfig::attentionAt(int resolution) const {
    return std::find(attnResolutions.begin(), attnResolutions.end(), resolution) != attnResolutions.end();
}

ModelShape shapeOf(const NetworkConfig& config) { return {config.imgChannels, config.imgResolution, config.labelDim}; }

std::string familyName(const NetworkConfig& c) {
    if (c.architecture == Architecture::DhariwalUNet) return "ADM";
    const bool fourier = c.embeddingType == EmbeddingType::Fourier, residual = c.encoderType == EncoderType::Residual;
    if (!fourier && !residual) return "DDPM++";
    return fourier && residual ? "NCSN++" : "SongUNet";
}

// Python writes non-finite numbers as bare words, which JSON forbids; the fields that can hold them may be absent.
std::string withoutInfinity(const std::string& text) {
    std::string clean;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"' && (i == 0 || text[i - 1] != '\\')) quoted = !quoted;
        if (!quoted && text.compare(i, 8, "Infinity") == 0) {
            clean += "null";
            i += 7;
        } else {
            clean += text[i];
        }
    }
    return clean;
}

NetworkConfig parseNetworkConfig(const std::string& text, const std::string& origin, const std::string& wrapperClass) {
    Json json;
    NetworkConfig c;
    try {
        json = Json::parse(withoutInfinity(text));
        if (!json.is_object())
            throw Error(ErrorCode::FileDamaged, "The network configuration of '" + origin + "' is not a JSON object.");
        const bool score = wrapperClass == "VPPrecond" || wrapperClass == "VEPrecond";
        c.architecture =
            choice(json, "model_type", score ? Architecture::SongUNet : Architecture::DhariwalUNet, origin);
        if (c.architecture == Architecture::DhariwalUNet) {
            c.modelChannels = 192;
            c.channelMult = {1, 2, 3, 4};
            c.numBlocks = 3;
            c.attnResolutions = {32, 16, 8};
        } else {
            c.embeddingType = choice(json, "embedding_type", EmbeddingType::Positional, origin);
            c.encoderType = choice(json, "encoder_type", EncoderType::Standard, origin);
            if (json.contains("decoder_type") && json.at("decoder_type") != kDecoderType)
                unknownChoice("decoder_type", json.at("decoder_type"), kDecoderType, origin);
        }
        if (!json.contains("img_resolution") || !json.contains("img_channels"))
            throw Error(ErrorCode::FileDamaged,
                        "The network configuration of '" + origin + "' names no img_resolution or no img_channels.");
        std::vector<ConfigProblem> problems;
        readNetwork(json, c, problems);
        if (!problems.empty())
            throw Error(ErrorCode::FileDamaged,
                        "The network configuration of '" + origin + "' cannot be read: " + textOf(problems) + ".");
        if (wrapperClass == "iDDPMPrecond" && c.outChannels == 0) c.outChannels = 2 * c.imgChannels;
    } catch (const nlohmann::json::exception& e) {
        throw Error(ErrorCode::FileDamaged,
                    "The network configuration of '" + origin + "' cannot be read: " + e.what() + ".");
    }
    throwProblems(problemsOf(c), "the network of '" + origin + "'");
    return c;
}

std::string toJson(const NetworkConfig& c) {
    const NetworkConfig defaults;
    Json json{{"img_resolution", c.imgResolution}, {"img_channels", c.imgChannels}, {"label_dim", c.labelDim}};
    json["augment_dim"] = c.augmentDim;
    const bool song = c.architecture == Architecture::SongUNet;
    json["model_type"] = wordFor(c.architecture);
    if (song) {
        json["embedding_type"] = wordFor(c.embeddingType);
        json["encoder_type"] = wordFor(c.encoderType);
        json["decoder_type"] = kDecoderType;
        json["channel_mult_noise"] = c.channelMultNoise;
        json["resample_filter"] = c.resampleFilter;
    }
    json["model_channels"] = c.modelChannels;
    json["channel_mult"] = c.channelMult;
    json["channel_mult_emb"] = c.channelMultEmb;
    json["num_blocks"] = c.numBlocks;
    json["attn_resolutions"] = c.attnResolutions;
    json["dropout"] = c.dropout;
    json["label_dropout"] = c.labelDropout;
    json["sigma_data"] = c.sigmaData;
    // Constants of other wrappers only where they differ from what every reader assumes.
    const auto unusual = [&](const char* key, auto value, auto usual) {
        if (value != usual) json[key] = value;
    };
    unusual("two_time", c.twoTime, defaults.twoTime);
    unusual("out_channels", c.outChannels, defaults.outChannels);
    unusual("epsilon", c.epsilon, defaults.epsilon);
    unusual("beta_d", c.betaD, defaults.betaD);
    unusual("beta_min", c.betaMin, defaults.betaMin);
    unusual("epsilon_t", c.epsilonT, defaults.epsilonT);
    unusual("M", c.timesteps, defaults.timesteps);
    unusual("C_1", c.c1, defaults.c1);
    unusual("C_2", c.c2, defaults.c2);
    if (c.sigmaMin) json["sigma_min"] = *c.sigmaMin;
    if (c.sigmaMax) json["sigma_max"] = *c.sigmaMax;
    return jsonText(json);
}

NetworkConfig defaultNetwork(int imgResolution, int imgChannels) {
    NetworkConfig c;
    c.imgResolution = imgResolution;
    c.imgChannels = imgChannels;
    c.modelChannels = 32;
    c.channelMult = {1};
    int lowest = imgResolution;
    while (c.channelMult.size() < 3 && lowest % 2 == 0 && lowest >= 12) {
        lowest /= 2;
        c.channelMult.push_back(2);
    }
    c.numBlocks = 1;
    c.attnResolutions = {lowest};
    c.dropout = 0;
    return c;
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/network_config.h"

#include "core/nn/unet_plan.h"
#include "core/values/error.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <set>

namespace thaw {
namespace {

using Json = nlohmann::ordered_json;

// The network exists for exactly these choices; anything else computes something different and must not open.
template <class T>
T choice(const Json& json, const char* key, T fallback, const std::vector<std::pair<const char*, T>>& known,
         const std::string& origin) {
    if (!json.contains(key)) return fallback;
    std::string names;
    for (const auto& [name, value] : known) {
        if (json.at(key) == name) return value;
        names += (names.empty() ? "" : ", ") + std::string(name);
    }
    throw Error(ErrorCode::WrongKind,
                "'" + origin + "' has " + key + " " + json.at(key).dump() + ", which this version cannot build.",
                "It builds " + names + ".");
}

class Problems {
public:
    void require(bool good, const std::string& text) {
        if (!good) text_ += (text_.empty() ? "" : "; ") + text;
    }
    void range(const char* name, std::int64_t value, std::int64_t low, std::int64_t high) {
        require(value >= low && value <= high, std::string(name) + " is " + std::to_string(value) + ", must be " +
                                                   std::to_string(low) + " to " + std::to_string(high));
    }
    void positive(const char* name, double value, double high = 1e6) {
        require(std::isfinite(value) && value > 0 && value <= high, std::string(name) + " is " + std::to_string(value) +
                                                                        ", must be positive and at most " +
                                                                        std::to_string(high));
    }
    const std::string& text() const { return text_; }

private:
    std::string text_;
};

void checkWidths(const NetworkConfig& c, Problems& p) {
    p.range("img_resolution", c.imgResolution, 4, 1024);
    p.range("img_channels", c.imgChannels, 1, 16);
    p.range("out_channels", c.outChannels, 0, 32);
    p.range("label_dim", c.labelDim, 0, 100000);
    p.range("augment_dim", c.augmentDim, 0, 64);
    p.range("model_channels", c.modelChannels, 8, 2048);
    p.range("channel_mult_emb", c.channelMultEmb, 1, 16);
    p.range("channel_mult_noise", c.channelMultNoise, 1, 16);
    p.range("num_blocks", c.numBlocks, 1, 32);
    p.range("channel_mult (number of levels)", std::int64_t(c.channelMult.size()), 1, 8);
    p.require(c.modelChannels % 2 == 0, "model_channels is " + std::to_string(c.modelChannels) + ", must be even");
    for (const int m : c.channelMult) p.range("channel_mult", m, 1, 64);
    if (!c.channelMult.empty() && c.channelMult.size() <= 8) {
        const int factor = 1 << (c.channelMult.size() - 1);
        p.require(c.imgResolution % factor == 0, "img_resolution is " + std::to_string(c.imgResolution) +
                                                     ", must be divisible by " + std::to_string(factor) + " for " +
                                                     std::to_string(c.channelMult.size()) + " levels");
    }
}

// GroupNorm's groups must divide the channels, at every width a norm meets.
void checkNorms(const NetworkConfig& c, Problems& p) {
    std::set<std::int64_t> widths;
    const auto plan = planOf(c);
    for (const auto* stages : {&plan.encoder, &plan.decoder})
        for (const auto& stage : *stages)
            if (stage.kind == StageKind::Block || stage.kind == StageKind::Norm)
                widths.insert({stage.block.in, stage.block.out});
    for (const auto width : widths)
        p.require(groupCount(width) > 0 && width % groupCount(width) == 0,
                  "model_channels " + std::to_string(c.modelChannels) + " gives a layer of " + std::to_string(width) +
                      " channels, which " + std::to_string(groupCount(width)) + " groups do not divide");
}

void check(const NetworkConfig& c, const std::string& origin) {
    Problems p;
    checkWidths(c, p);
    p.require(c.resampleFilter.size() % 2 == 0 && !c.resampleFilter.empty() && c.resampleFilter.size() <= 8,
              "resample_filter has " + std::to_string(c.resampleFilter.size()) + " taps, must have 2, 4, 6 or 8");
    int sum = 0;
    for (const int tap : c.resampleFilter) {
        p.range("resample_filter", tap, -1000000, 1000000);
        sum += tap;
    }
    p.require(sum != 0, "resample_filter sums to 0");
    p.require(c.dropout >= 0 && c.dropout < 1, "dropout is " + std::to_string(c.dropout) + ", must be in [0, 1)");
    p.require(c.labelDropout >= 0 && c.labelDropout < 1,
              "label_dropout is " + std::to_string(c.labelDropout) + ", must be in [0, 1)");
    p.positive("sigma_data", c.sigmaData);
    p.require(c.epsilon >= 0 && c.epsilon < 80, "epsilon is " + std::to_string(c.epsilon) + ", must be in [0, 80)");
    p.positive("beta_d", c.betaD);
    p.positive("beta_min", c.betaMin);
    p.positive("epsilon_t", c.epsilonT, 1);
    p.range("M", c.timesteps, 2, 100000);
    p.positive("C_1", c.c1, 1);
    p.positive("C_2", c.c2, 1);
    if (p.text().empty()) checkNorms(c, p);
    if (!p.text().empty())
        throw Error(ErrorCode::Configuration,
                    "The network configuration of '" + origin + "' is impossible: " + p.text() + ".",
                    "Correct these fields.");
}

void readNetwork(const Json& json, NetworkConfig& c) {
    const auto read = [&](const char* key, auto& field) {
        if (json.contains(key) && !json.at(key).is_null()) json.at(key).get_to(field);
    };
    read("img_resolution", c.imgResolution);
    read("img_channels", c.imgChannels);
    read("out_channels", c.outChannels);
    read("label_dim", c.labelDim);
    read("augment_dim", c.augmentDim);
    read("model_channels", c.modelChannels);
    read("channel_mult", c.channelMult);
    read("channel_mult_emb", c.channelMultEmb);
    read("channel_mult_noise", c.channelMultNoise);
    read("num_blocks", c.numBlocks);
    read("attn_resolutions", c.attnResolutions);
    read("dropout", c.dropout);
    read("label_dropout", c.labelDropout);
    read("resample_filter", c.resampleFilter);
    read("two_time", c.twoTime);
    read("sigma_data", c.sigmaData);
    read("epsilon", c.epsilon);
    read("beta_d", c.betaD);
    read("beta_min", c.betaMin);
    read("epsilon_t", c.epsilonT);
    read("M", c.timesteps);
    read("C_1", c.c1);
    read("C_2", c.c2);
    const auto bound = [&](const char* key, std::optional<double>& field) {
        // The published default of 0 (and Infinity, null here) means that there is no bound.
        if (json.contains(key) && json.at(key).is_number() && json.at(key) != 0) field = json.at(key).get<double>();
    };
    bound("sigma_min", c.sigmaMin);
    bound("sigma_max", c.sigmaMax);
}

}  // namespace

bool NetworkConfig::attentionAt(int resolution) const {
    return std::find(attnResolutions.begin(), attnResolutions.end(), resolution) != attnResolutions.end();
}

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
            choice(json, "model_type", score ? Architecture::SongUNet : Architecture::DhariwalUNet,
                   {{"SongUNet", Architecture::SongUNet}, {"DhariwalUNet", Architecture::DhariwalUNet}}, origin);
        if (c.architecture == Architecture::DhariwalUNet) {
            c.modelChannels = 192;
            c.channelMult = {1, 2, 3, 4};
            c.numBlocks = 3;
            c.attnResolutions = {32, 16, 8};
        } else {
            c.embeddingType =
                choice(json, "embedding_type", EmbeddingType::Positional,
                       {{"positional", EmbeddingType::Positional}, {"fourier", EmbeddingType::Fourier}}, origin);
            c.encoderType = choice(json, "encoder_type", EncoderType::Standard,
                                   {{"standard", EncoderType::Standard}, {"residual", EncoderType::Residual}}, origin);
            choice(json, "decoder_type", 0, {{"standard", 0}}, origin);
        }
        if (!json.contains("img_resolution") || !json.contains("img_channels"))
            throw Error(ErrorCode::FileDamaged,
                        "The network configuration of '" + origin + "' names no img_resolution or no img_channels.");
        readNetwork(json, c);
        if (wrapperClass == "iDDPMPrecond" && c.outChannels == 0) c.outChannels = 2 * c.imgChannels;
    } catch (const nlohmann::json::exception& e) {
        throw Error(ErrorCode::FileDamaged,
                    "The network configuration of '" + origin + "' cannot be read: " + e.what() + ".");
    }
    check(c, origin);
    return c;
}

std::string toJson(const NetworkConfig& c) {
    const NetworkConfig defaults;
    Json json{{"img_resolution", c.imgResolution}, {"img_channels", c.imgChannels}, {"label_dim", c.labelDim}};
    json["augment_dim"] = c.augmentDim;
    const bool song = c.architecture == Architecture::SongUNet;
    json["model_type"] = song ? "SongUNet" : "DhariwalUNet";
    if (song) {
        json["embedding_type"] = c.embeddingType == EmbeddingType::Fourier ? "fourier" : "positional";
        json["encoder_type"] = c.encoderType == EncoderType::Residual ? "residual" : "standard";
        json["decoder_type"] = "standard";
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
    return json.dump();
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

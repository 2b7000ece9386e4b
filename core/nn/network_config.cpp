// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/network_config.h"

#include "core/values/error.h"

#include <nlohmann/json.hpp>

namespace thaw {
namespace {

using Json = nlohmann::ordered_json;

// The network exists for exactly these choices; anything else computes something different and must not open.
void requireDdpmpp(const Json& json, const std::string& origin) {
    const auto want = [&](const char* key, const Json& value, const Json& fallback) {
        const Json& actual = json.contains(key) ? json.at(key) : fallback;
        if (actual != value)
            throw Error(ErrorCode::WrongKind,
                        "'" + origin + "' has " + key + " " + actual.dump() + "; this version builds " + value.dump() +
                            " (SongUNet, DDPM++) only.",
                        "Open a DDPM++ model.");
    };
    want("model_type", "SongUNet", "DhariwalUNet");
    want("embedding_type", "positional", "positional");
    want("encoder_type", "standard", "standard");
    want("decoder_type", "standard", "standard");
    want("resample_filter", Json::array({1, 1}), Json::array({1, 1}));
}

void check(const NetworkConfig& c, const std::string& origin) {
    std::string problems;
    const auto require = [&](bool good, const std::string& text) {
        if (!good) problems += (problems.empty() ? "" : "; ") + text;
    };
    const auto range = [&](const char* name, std::int64_t value, std::int64_t low, std::int64_t high) {
        require(value >= low && value <= high, std::string(name) + " is " + std::to_string(value) + ", must be " +
                                                   std::to_string(low) + " to " + std::to_string(high));
    };
    range("img_resolution", c.imgResolution, 4, 1024);
    range("img_channels", c.imgChannels, 1, 16);
    range("label_dim", c.labelDim, 0, 100000);
    range("augment_dim", c.augmentDim, 0, 64);
    range("model_channels", c.modelChannels, 8, 2048);
    range("channel_mult_emb", c.channelMultEmb, 1, 16);
    range("channel_mult_noise", c.channelMultNoise, 1, 16);
    range("num_blocks", c.numBlocks, 1, 32);
    range("channel_mult (number of levels)", std::int64_t(c.channelMult.size()), 1, 8);
    require(c.modelChannels % 8 == 0,
            "model_channels is " + std::to_string(c.modelChannels) + ", must be a multiple of 8");
    for (const int m : c.channelMult) range("channel_mult", m, 1, 64);
    if (!c.channelMult.empty() && c.channelMult.size() <= 8) {
        const int factor = 1 << (c.channelMult.size() - 1);
        require(c.imgResolution % factor == 0,
                "img_resolution is " + std::to_string(c.imgResolution) + ", must be divisible by " +
                    std::to_string(factor) + " for " + std::to_string(c.channelMult.size()) + " levels");
    }
    require(c.dropout >= 0 && c.dropout < 1, "dropout is " + std::to_string(c.dropout) + ", must be in [0, 1)");
    require(c.sigmaData > 0 && c.sigmaData < 1e6,
            "sigma_data is " + std::to_string(c.sigmaData) + ", must be positive");
    if (!problems.empty())
        throw Error(ErrorCode::Configuration, "The network configuration of '" + origin + "' is impossible: " + problems + ".",
                    "Correct these fields.");
}

}  // namespace

NetworkConfig parseNetworkConfig(const std::string& text, const std::string& origin) {
    Json json;
    NetworkConfig c;
    try {
        json = Json::parse(text);
        if (!json.is_object()) throw Error(ErrorCode::FileDamaged, "The network configuration of '" + origin + "' is not a JSON object.");
        requireDdpmpp(json, origin);
        const auto read = [&](const char* key, auto& field) {
            if (json.contains(key)) json.at(key).get_to(field);
        };
        if (!json.contains("img_resolution") || !json.contains("img_channels"))
            throw Error(ErrorCode::FileDamaged,
                        "The network configuration of '" + origin + "' names no img_resolution or no img_channels.");
        read("img_resolution", c.imgResolution);
        read("img_channels", c.imgChannels);
        read("label_dim", c.labelDim);
        read("augment_dim", c.augmentDim);
        read("model_channels", c.modelChannels);
        read("channel_mult", c.channelMult);
        read("channel_mult_emb", c.channelMultEmb);
        read("channel_mult_noise", c.channelMultNoise);
        read("num_blocks", c.numBlocks);
        read("attn_resolutions", c.attnResolutions);
        read("dropout", c.dropout);
        read("sigma_data", c.sigmaData);
    } catch (const nlohmann::json::exception& e) {
        throw Error(ErrorCode::FileDamaged, "The network configuration of '" + origin + "' cannot be read: " + e.what() + ".");
    }
    check(c, origin);
    return c;
}

std::string toJson(const NetworkConfig& c) {
    Json json{{"img_resolution", c.imgResolution},
              {"img_channels", c.imgChannels},
              {"label_dim", c.labelDim},
              {"augment_dim", c.augmentDim},
              {"embedding_type", "positional"},
              {"encoder_type", "standard"},
              {"decoder_type", "standard"},
              {"channel_mult_noise", c.channelMultNoise},
              {"resample_filter", {1, 1}},
              {"model_type", "SongUNet"},
              {"model_channels", c.modelChannels},
              {"channel_mult", c.channelMult},
              {"channel_mult_emb", c.channelMultEmb},
              {"num_blocks", c.numBlocks},
              {"attn_resolutions", c.attnResolutions},
              {"dropout", c.dropout},
              {"sigma_data", c.sigmaData}};
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

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/json_text.h"
#include "core/io/checkpoint.h"
#include "core/nn/network_config.h"
#include "core/values/error.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

namespace thaw {
namespace {

using Json = nlohmann::ordered_json;

[[noreturn]] void foreign(const Checkpoint& checkpoint) {
    std::string sample;
    for (std::size_t i = 0; i < std::min<std::size_t>(checkpoint.tensors.size(), 2); ++i)
        sample += (sample.empty() ? "'" : ", '") + checkpoint.tensors[i].name.substr(0, 60) + "'";
    throw Error(ErrorCode::WrongKind,
                "'" + checkpoint.path + "' holds tensors named " + (sample.empty() ? "nothing" : sample) +
                    ", which are not those of an EDM network.",
                "Open a checkpoint of EDM, of D2O or of Thaw; others (diffusers, LDM) have another architecture.");
}

// `enc.32x32_block3.qkv.weight` -> (32, "block3", "qkv.weight").
struct StageName {
    int resolution = 0;
    std::string stage, rest;
};
bool readStage(const std::string& name, const std::string& part, StageName& out) {
    if (!name.starts_with(part)) return false;
    const auto begin = part.size(), x = name.find('x', begin), underscore = name.find('_', begin),
               dot = name.find('.', begin);
    if (x == std::string::npos || underscore == std::string::npos || dot == std::string::npos ||
        !(x < underscore && underscore < dot))
        return false;
    const auto parsed = std::from_chars(name.data() + begin, name.data() + x, out.resolution);
    if (parsed.ptr != name.data() + x || out.resolution <= 0) return false;
    out.stage = name.substr(underscore + 1, dot - underscore - 1);
    out.rest = name.substr(dot + 1);
    return true;
}

}  // namespace

InferredConfig inferConfig(const Checkpoint& checkpoint) {
    const auto shapeOf = [&](const std::string& name) -> const std::vector<std::int64_t>* {
        const auto* tensor = checkpoint.find("model." + name);
        return tensor ? &tensor->shape : nullptr;
    };
    const auto size = [&](const std::string& name, std::size_t dimension) -> std::int64_t {
        const auto* shape = shapeOf(name);
        return shape && shape->size() > dimension ? (*shape)[dimension] : 0;
    };

    std::set<int> resolutions, attention;
    std::map<int, int> blocks;          // resolution -> blocks in the encoder
    std::map<int, std::int64_t> width;  // resolution -> channels of its blocks
    bool residual = false;
    std::int64_t taps = 2;
    for (const auto& tensor : checkpoint.tensors) {
        StageName s;
        if (!readStage(tensor.name, "model.enc.", s)) continue;
        resolutions.insert(s.resolution);
        if (s.stage == "aux_residual") residual = true;
        if (s.rest.ends_with("resample_filter") && tensor.shape.size() == 4) taps = tensor.shape[3];
        if (!s.stage.starts_with("block")) continue;
        if (s.rest == "conv0.weight" && !tensor.shape.empty()) {
            ++blocks[s.resolution];
            width[s.resolution] = tensor.shape[0];
        }
        if (s.rest == "qkv.weight") attention.insert(s.resolution);
    }
    if (resolutions.empty() || width.empty()) foreign(checkpoint);
    const int resolution = *resolutions.rbegin();
    const auto first = "enc." + std::to_string(resolution) + "x" + std::to_string(resolution) + "_conv.weight";
    const auto block0 = "enc." + std::to_string(resolution) + "x" + std::to_string(resolution) + "_block0.";
    const bool adm = shapeOf("out_conv.weight") != nullptr;
    const std::int64_t channels = size(first, 1), model = size(first, 0), emb = size("map_layer0.weight", 0),
                       noise = size("map_layer0.weight", 1);
    const auto raw =
        adm ? size("out_conv.weight", 0)
            : size("dec." + std::to_string(resolution) + "x" + std::to_string(resolution) + "_aux_conv.weight", 0);
    if (channels <= 0 || model <= 0 || emb <= 0 || noise <= 0 || raw <= 0 || size(block0 + "conv0.weight", 0) <= 0)
        foreign(checkpoint);

    // ADM's first convolution is as wide as its first level, so the unit is the noise embedding there.
    const std::int64_t unit = adm ? noise : model;
    Json config{{"img_resolution", resolution}, {"img_channels", channels}};
    config["label_dim"] = size("map_label.weight", 1);
    config["augment_dim"] = size("map_augment.weight", 1);
    config["model_type"] = wordFor(adm ? Architecture::DhariwalUNet : Architecture::SongUNet);
    config["model_channels"] = unit;
    auto mult = Json::array();
    int count = 0;
    for (auto it = resolutions.rbegin(); it != resolutions.rend(); ++it) {
        if (width[*it] % unit != 0) foreign(checkpoint);
        mult.push_back(width[*it] / unit);
        count = std::max(count, blocks[*it]);
    }
    config["channel_mult"] = mult;
    config["channel_mult_emb"] = emb / unit;
    config["num_blocks"] = count;
    config["attn_resolutions"] = std::vector<int>(attention.rbegin(), attention.rend());
    if (!adm) {
        config["channel_mult_noise"] = noise / unit;
        config["embedding_type"] =
            wordFor(shapeOf("map_noise.freqs") ? EmbeddingType::Fourier : EmbeddingType::Positional);
        config["encoder_type"] = wordFor(residual ? EncoderType::Residual : EncoderType::Standard);
        config["decoder_type"] = kDecoderType;
        // The published filters differ in length.
        config["resample_filter"] = taps == 4 ? Json::array({1, 3, 3, 1}) : Json::array({1, 1});
    }
    config["dropout"] = 0.0;
    if (shapeOf("map_time0.weight")) config["two_time"] = true;
    const bool iddpm = checkpoint.find("u") != nullptr || raw == 2 * channels;
    return {iddpm ? "iDDPMPrecond" : "EDMPrecond", jsonText(config)};
}

}  // namespace thaw

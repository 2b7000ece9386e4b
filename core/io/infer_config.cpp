// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/json_text.h"
#include "core/io/checkpoint.h"
#include "core/nn/network_config.h"
#include "core/values/error.h"
#include "core/values/shape_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

namespace thaw {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kOpenTheWhole = "It holds a part of a network, or another network; open the file of the whole.";

[[noreturn]] void refuse(const Checkpoint& checkpoint, const std::string& what, const char* hint = kOpenTheWhole) {
    throw Error(ErrorCode::WrongKind, "'" + checkpoint.path + "' " + what + ".", hint);
}

// Some names are a network's: which tensor is the one that is not as it should be?
[[noreturn]] void refusePart(const Checkpoint& checkpoint, const std::string& lacking) {
    for (const auto& tensor : checkpoint.tensors)
        if (tensor.name.find("lora_") != std::string::npos)
            refuse(checkpoint, "holds a LoRA adapter ('" + tensor.name.substr(0, 80) + "'), not a network",
                   "Merge it into its network, and open the file of that.");
    refuse(checkpoint, "names tensors as an EDM network does, but lacks " + lacking);
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
    std::map<int, std::set<std::string>> blocks;  // resolution -> blocks in the encoder
    std::map<int, std::int64_t> width;            // resolution -> channels of its blocks
    bool residual = false;
    std::int64_t taps = 2;
    for (const auto& tensor : checkpoint.tensors) {
        StageName s;
        if (!readStage(tensor.name, "model.enc.", s)) continue;
        resolutions.insert(s.resolution);
        if (s.stage == "aux_residual") residual = true;
        if (s.rest.ends_with("resample_filter") && tensor.shape.size() == 4) taps = tensor.shape[3];
        if (!s.stage.starts_with("block")) continue;
        // Any tensor tells that a part is there, so that the one that is not can be named.
        blocks[s.resolution].insert(s.stage);
        if (s.rest == "conv0.weight" && !tensor.shape.empty()) width[s.resolution] = tensor.shape[0];
        if (s.rest.starts_with("qkv.") || s.rest.starts_with("proj.")) attention.insert(s.resolution);
    }
    if (resolutions.empty()) refusePart(checkpoint, "its encoder ('model.enc...')");
    if (blocks.empty()) refusePart(checkpoint, "the blocks of its encoder ('model.enc...block0.conv0.weight')");
    for (const auto& [side, stages] : blocks)
        if (!width.count(side))
            refusePart(checkpoint, "'model.enc." + std::to_string(side) + "x" + std::to_string(side) + "_" +
                                       *stages.begin() + ".conv0.weight'");
    const int resolution = *resolutions.rbegin();
    const auto side = std::to_string(resolution) + "x" + std::to_string(resolution);
    const auto first = "enc." + side + "_conv.weight", last = "dec." + side + "_aux_conv.weight";
    const bool adm = shapeOf("out_conv.weight") != nullptr;
    const auto needed = [&](const std::string& name, std::size_t dimension) {
        const auto* shape = shapeOf(name);
        if (!shape) {
            const bool either = name == last;
            refusePart(checkpoint, "'model." + name + "'" + (either ? " or 'model.out_conv.weight'" : ""));
        }
        if (shape->size() != (name.starts_with("map_") ? 2 : 4) || (*shape)[dimension] <= 0)
            refuse(checkpoint,
                   "has the tensor 'model." + name + "' in the shape " + shapeText(*shape) + ", which no network has");
        return (*shape)[dimension];
    };
    const std::int64_t channels = needed(first, 1), model = needed(first, 0), emb = needed("map_layer0.weight", 0),
                       noise = needed("map_layer0.weight", 1);
    const auto raw = needed(adm ? "out_conv.weight" : last, 0);
    needed("enc." + side + "_block0.conv0.weight", 0);

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
        if (width[*it] % unit != 0)
            refuse(checkpoint, "has blocks of " + std::to_string(width[*it]) + " channels at " + std::to_string(*it) +
                                   "x" + std::to_string(*it) + ", which is no multiple of the network's " +
                                   std::to_string(unit));
        mult.push_back(width[*it] / unit);
        count = std::max(count, int(blocks[*it].size()));
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

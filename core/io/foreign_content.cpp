// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/foreign_content.h"

#include "core/values/error.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <utility>

namespace thaw {
namespace {

namespace fs = std::filesystem;
using ForeignJson = nlohmann::json;

constexpr const char* kWhatOpens = "Open a checkpoint of EDM, of D2O or of Thaw.";

[[noreturn]] void refuse(const std::string& path, const std::string& what, const std::string& hint) {
    throw Error(ErrorCode::WrongKind, "'" + path + "' " + what + ".", hint);
}

// A part of a tensor's name, and whose it is.
struct Family {
    const char* part;
    const char* title;
};
constexpr Family kFamilies[] = {
    {"lora_A", "LoRA weights, which change a network of another program"},
    {"lora_B", "LoRA weights, which change a network of another program"},
    {"lora_down", "LoRA weights, which change a network of another program"},
    {"lora_up", "LoRA weights, which change a network of another program"},
    {"diffusion_model", "a latent diffusion model (LDM, Stable Diffusion)"},
    {"first_stage_model", "a latent diffusion model (LDM, Stable Diffusion)"},
    {"down_blocks", "a network of diffusers"},
    {"up_blocks", "a network of diffusers"},
    {"mid_block", "a network of diffusers"},
    {"transformer_blocks", "a network of diffusers"},
    {"input_blocks", "a U-Net of guided-diffusion (OpenAI)"},
    {"output_blocks", "a U-Net of guided-diffusion (OpenAI)"},
    {"middle_block", "a U-Net of guided-diffusion (OpenAI)"},
    {"all_modules", "a network of score_sde (Song et al.)"},
    {"synthesis", "a StyleGAN generator"},
    {"g_synthesis", "a StyleGAN generator"},
    {"emb_noise", "an EDM2 network, whose layers are others"},
    {"out_gain", "an EDM2 network, whose layers are others"},
    {"adaLN_modulation", "a diffusion transformer (DiT)"},
    {"x_embedder", "a diffusion transformer (DiT)"},
    {"init_conv", "a U-Net of denoising-diffusion-pytorch"},
    {"quant_conv", "an autoencoder"},
    {"Mixed_5b", "an Inception network, which can serve as features, not as a model"},
    {"Mixed_7c", "an Inception network, which can serve as features, not as a model"},
    {"layer4", "a ResNet, which can serve as features, not as a model"},
    {"lm_head", "a language model"},
    {"word_embeddings", "a language model"},
};

bool hasPart(const std::string& name, std::string_view part) {
    for (auto at = name.find(part); at != std::string::npos; at = name.find(part, at + 1)) {
        const auto end = at + part.size();
        if ((at == 0 || name[at - 1] == '.') && (end == name.size() || name[end] == '.')) return true;
    }
    return false;
}

bool isOptimiserName(const std::string& name) {
    for (const char* end : {".exp_avg", ".exp_avg_sq", ".momentum_buffer", ".max_exp_avg_sq", ".square_avg"})
        if (name.ends_with(end)) return true;
    return false;
}

std::string familyOf(const std::vector<std::string>& names) {
    for (const auto& family : kFamilies)
        if (std::any_of(names.begin(), names.end(), [&](const auto& name) { return hasPart(name, family.part); }))
            return family.title;
    return {};
}

std::string quoted(const std::vector<std::string>& words, std::size_t most) {
    std::string text;
    for (std::size_t i = 0; i < std::min(words.size(), most); ++i)
        text += (i == 0 ? "'" : ", '") + words[i].substr(0, 60) + "'";
    return text + (words.size() > most ? ", ..." : "");
}

// guided-diffusion writes opt160000.pt, model160000.pt and ema_0.9999_160000.pt; others optimizer.pt beside the weights.
std::string weightsBeside(const std::string& path) {
    const auto own = fs::path(path).filename().string();
    const auto digit = own.find_first_of("0123456789");
    const auto ending = digit == std::string::npos ? fs::path(path).extension().string() : own.substr(digit);
    std::vector<std::string> found;
    std::error_code error;
    const auto folder = fs::path(path).parent_path();
    for (const auto& entry : fs::directory_iterator(folder.empty() ? fs::path(".") : folder, error)) {
        const auto name = entry.path().filename().string();
        const bool begins = name.starts_with("ema") || name.starts_with("model") || name.starts_with("pytorch_model");
        if (name != own && begins && name.ends_with(ending)) found.push_back(name);
    }
    std::sort(found.begin(), found.end());
    if (found.empty()) return "Open the file of the weights, which the same program saved beside it.";
    return "The weights are in another file; beside it lies " + quoted(found, 2) + ".";
}

bool hasAny(const std::vector<std::string>& keys, std::initializer_list<const char*> words) {
    return std::any_of(words.begin(), words.end(),
                       [&](const char* word) { return std::find(keys.begin(), keys.end(), word) != keys.end(); });
}

bool hasBoth(const std::vector<std::string>& keys, const char* one, const char* other) {
    return hasAny(keys, {one}) && hasAny(keys, {other});
}

}  // namespace

void refuseForeign(const std::string& path, const ForeignContent& content) {
    const auto& [names, keys] = content;
    std::vector<std::string> weights;
    for (const auto& name : names)
        if (!isOptimiserName(name)) weights.push_back(name);
    const bool training = weights.size() < names.size() ||
                          hasAny(keys, {"optimizer", "optimizer_states", "epoch", "global_step", "opt", "optim"});
    if (hasBoth(keys, "state", "param_groups"))
        refuse(path, "holds an optimiser's state, not a network", weightsBeside(path));
    if (const auto family = familyOf(weights); !family.empty())
        refuse(path, std::string("holds ") + (training ? "the training state of " : "") + family, kWhatOpens);
    if (hasBoth(keys, "scale", "growth_factor"))
        refuse(path, "holds the state of a gradient scaler, not a network", weightsBeside(path));
    if (hasAny(keys, {"torch_manual_seed", "numpy_random_seed", "random_state"}))
        refuse(path, "holds the states of random number generators, not a network", weightsBeside(path));
    if (hasAny(keys, {"last_epoch"}) && weights.size() < 2)
        refuse(path, "holds the state of a learning rate schedule, not a network", weightsBeside(path));
    if (weights.size() < names.size() && std::all_of(weights.begin(), weights.end(), [](const auto& name) {
            return name.ends_with(".step") || name == "step";
        }))
        refuse(path, "holds an optimiser's state, not a network", weightsBeside(path));
    if (names.empty())
        refuse(path, "holds no tensors" + (keys.empty() ? std::string() : ", only " + quoted(keys, 3)), kWhatOpens);
    refuse(path,
           "holds tensors named " + quoted(weights.empty() ? names : weights, 2) +
               ", which are not those of an EDM network",
           std::string(kWhatOpens) + " Networks of other programs (diffusers, LDM) have another architecture.");
}

void refuseBytes(const std::string& path, std::string_view bytes) {
    struct Known {
        std::string_view begin;
        const char* what;
        const char* hint;
    };
    static constexpr const char* kOther = "Open a .safetensors, .pkl, .pt or .pth file, or a run folder.";
    static constexpr Known kKnown[] = {
        {"version https://git-lfs", "is only a Git LFS pointer, not the file itself",
         "Fetch the file with 'git lfs pull'."},
        {"\x89HDF\r\n", "is an HDF5 file, as Keras writes it, not a checkpoint of PyTorch", kOther},
        {"\x93NUMPY", "is a NumPy array, not a checkpoint", kOther},
        {"GGUF", "is a GGUF file, not a checkpoint of PyTorch", kOther},
        {"\x1f\x8b", "is compressed with gzip", "Unpack it first."},
        {"\xfd"
         "7zXZ",
         "is compressed with xz", "Unpack it first."},
        {"\x28\xb5\x2f\xfd", "is compressed with zstd", "Unpack it first."},
        {"7z\xbc\xaf", "is a 7-Zip archive", "Unpack it first."},
        {"Rar!", "is a RAR archive", "Unpack it first."},
        {"\x89PNG", "is a picture, not a checkpoint", kOther},
        {"\xff\xd8\xff", "is a picture, not a checkpoint", kOther},
    };
    if (bytes.empty()) refuse(path, "is empty", "Copy or download the file again.");
    for (const auto& known : kKnown)
        if (bytes.starts_with(known.begin)) refuse(path, known.what, known.hint);
    if (bytes.size() > 262 && bytes.substr(257, 5) == "ustar") refuse(path, "is a tar archive", "Unpack it first.");
    if (bytes.substr(0, 200).find("<html") != std::string_view::npos || bytes.starts_with("<!DOCTYPE"))
        refuse(path, "is a web page, not a checkpoint", "The download went wrong; fetch the file itself.");
    refuse(path, "is no checkpoint of a kind this program knows", kOther);
}

void refuseJson(const std::string& path, const std::string& text) {
    const auto json = ForeignJson::parse(text, nullptr, /*allow_exceptions=*/false);
    const auto word = [&](const char* key) {
        return json.is_object() && json.contains(key) && json[key].is_string()
                   ? json[key].get<std::string>().substr(0, 60)
                   : std::string();
    };
    constexpr const char* kDiffusers =
        "Networks of diffusers have another architecture; open a checkpoint of EDM, of D2O "
        "or of Thaw.";
    if (const auto name = word("_class_name"); !name.empty()) {
        const bool pipeline = name.ends_with("Pipeline");
        refuse(path,
               std::string(pipeline ? "describes a pipeline" : "describes a part") + " of diffusers (" + name + ")",
               kDiffusers);
    }
    if (json.is_object() && (json.contains("model_type") || json.contains("architectures")))
        refuse(path, "is the configuration of a model of transformers, not a checkpoint", kWhatOpens);
    if (json.is_object() && (json.contains("class") || json.contains("config")))
        refuse(path, "only describes a checkpoint", "Open the weights beside it; the description is read with them.");
    if (path.ends_with(".index.json"))
        refuse(path, "is no whole index of shards: it is no JSON with a \"weight_map\"",
               "Fetch the index again; its shards may be sound.");
    refuse(path,
           json.is_discarded() ? "is no checkpoint of a kind this program knows" : "is a JSON file, not a checkpoint",
           "Open a .safetensors, .pkl, .pt or .pth file, the .index.json of several shards, or a run folder.");
}

void refuseForeignFolder(const std::string& path) {
    for (const char* name : {"model_index.json", "config.json"}) {
        std::ifstream stream(fs::path(path) / name, std::ios::binary);
        const std::string text((std::istreambuf_iterator<char>(stream)), {});
        const auto json = ForeignJson::parse(text, nullptr, /*allow_exceptions=*/false);
        if (!json.is_object() || !(json.contains("_class_name") || json.contains("architectures"))) continue;
        const bool diffusers = json.contains("_class_name");
        const auto title = diffusers && json["_class_name"].is_string() ? json["_class_name"].get<std::string>() : "";
        refuse(path,
               std::string("is a folder of ") + (diffusers ? "diffusers" : "transformers") +
                   (title.empty() ? "" : " (" + title.substr(0, 60) + ")"),
               "Such networks have another architecture; open a checkpoint of EDM, of D2O or of Thaw.");
    }
}

}  // namespace thaw

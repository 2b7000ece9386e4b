// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/model_card.h"

#include "core/formats/json_text.h"
#include "core/io/resources.h"
#include "core/io/run_folder.h"
#include "core/values/model_name.h"
#include "core/values/number_text.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

namespace thaw {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

ModelFormat formatOf(const fs::path& file) {
    char head[16] = {};
    std::ifstream(file, std::ios::binary).read(head, sizeof head);
    if (head[8] == '{') return ModelFormat::SafeTensors;
    if (head[0] == 'P' && head[1] == 'K') return ModelFormat::TorchZip;
    // A legacy torch.save begins with its magic number as a pickle of its own: LONG1 of ten bytes, 0x1950a86a20f9469cfc6c.
    if (head[0] == '\x80' && head[2] == '\x8a' && head[3] == '\x0a' && head[4] == '\x6c')
        return ModelFormat::TorchLegacy;
    if (head[0] == '\x80') return ModelFormat::Pickle;
    return ModelFormat::SafeTensors;
}

// All published arguments as the program understood them, then what else the file's own configuration says.
void addConfiguration(ModelCard& card, const LoadedModel& model) {
    const auto understood = Json::parse(toJson(model.denoiser->config()));
    for (const auto& [name, value] : understood.items()) card.configuration.emplace_back(name, jsonText(value));
    const auto stored = model.metadata.find("config");
    if (stored == model.metadata.end()) return;
    const auto own = Json::parse(stored->second, nullptr, false);
    if (!own.is_object()) return;
    for (const auto& [name, value] : own.items())
        if (!understood.contains(name)) card.configuration.emplace_back(name, jsonText(value));
}

std::optional<double> imagesSeen(const std::string& text) {
    const auto number = numberOf(text);
    return number && std::isfinite(*number) && *number >= 0 ? number : std::nullopt;
}

// What the opening found has words of its own in the card.
std::string* openingWords(ModelCard& card, const std::string& key) {
    if (key == "assumed") return &card.assumedClass;
    if (key == "taken_from") return &card.takenFrom;
    if (key == "not_taken") return &card.notTaken;
    if (key == "unused_tensors") return &card.unusedTensors;
    return nullptr;
}

void addProvenance(ModelCard& card, const LoadedModel& model) {
    for (const auto& [key, value] : model.metadata) {
        if (key == "class" || key == "config" || key == "format") continue;
        if (auto* words = openingWords(card, key)) {
            *words = value;
            continue;
        }
        if (key == "kimg" && (card.kimg = imagesSeen(value))) continue;
        if (key == "license" || key == "licence") {
            card.licence = value;
            continue;
        }
        if (key.starts_with("note") || key.starts_with("assumed")) {
            std::istringstream lines(value);
            for (std::string line; std::getline(lines, line);)
                if (!line.empty()) card.notes.push_back(line);
            continue;
        }
        card.metadata.emplace_back(key, value);
    }
    // EDM names its snapshots after the thousands of images seen.
    static const std::regex kSnapshotName("network-snapshot-([0-9]+)");
    std::smatch match;
    const auto name = fs::path(card.file).filename().string();
    if (!card.kimg && std::regex_search(name, match, kSnapshotName)) {
        card.kimg = imagesSeen(match[1]);
        card.kimgFromName = true;
    }
}

WeightsLicence licenceOf(const ModelCard& card, const std::string& path) {
    if (path == kBuiltinName) return WeightsLicence::Embedded;
    if (path == kBuiltinEmojiName) return WeightsLicence::EmbeddedEmoji;
    if (!card.licence.empty()) return WeightsLicence::Stated;
    return card.format == ModelFormat::Pickle ? WeightsLicence::PublishedNc : WeightsLicence::Unknown;
}

}  // namespace

ModelCard modelCard(const LoadedModel& model, const std::string& path) {
    const auto files = modelFilesOf(path);
    ModelCard card;
    std::error_code error;
    card.file = fs::absolute(files.front(), error).lexically_normal().string();
    for (const auto& file : files) {
        const auto bytes = fs::file_size(file, error);
        card.bytes += error ? 0 : std::int64_t(bytes);
    }
    card.format = formatOf(files.back());
    addConfiguration(card, model);
    addProvenance(card, model);
    card.licenceKind = licenceOf(card, path);
    return card;
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/enum_words.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace thaw {

/// How the weights lie on the disk.
enum class ModelFormat {
    SafeTensors,
    Pickle,       ///< EDM/D2O network snapshot: a Python pickle
    TorchZip,     ///< torch.save since 1.6
    TorchLegacy,  ///< torch.save before, or another stream
};

/// What is known of the terms the weights come under; the program never guesses more than the kind of file says.
enum class WeightsLicence {
    Unknown,        ///< the file says nothing
    Stated,         ///< the file's own words, in ModelCard::licence
    Embedded,       ///< the built-in model: GPL-3.0-or-later, trained on Fashion-MNIST (MIT)
    EmbeddedEmoji,  ///< the built-in colour model: GPL-3.0-or-later, trained on glyphs of Noto Color Emoji (OFL 1.1)
    PublishedNc,    ///< a .pkl snapshot of EDM's or D2O's classes: the published ones are CC BY-NC-SA 4.0
};

template <>
struct EnumWords<ModelFormat> {
    static constexpr std::array<std::pair<ModelFormat, const char*>, 4> all{
        {{ModelFormat::SafeTensors, "safetensors"},
         {ModelFormat::Pickle, "pickle"},
         {ModelFormat::TorchZip, "torch-zip"},
         {ModelFormat::TorchLegacy, "torch-legacy"}}};
};
template <>
struct EnumWords<WeightsLicence> {
    static constexpr std::array<std::pair<WeightsLicence, const char*>, 5> all{
        {{WeightsLicence::Unknown, "unknown"},
         {WeightsLicence::Stated, "stated"},
         {WeightsLicence::Embedded, "embedded"},
         {WeightsLicence::EmbeddedEmoji, "embedded-emoji"},
         {WeightsLicence::PublishedNc, "published-nc"}}};
};

/// Where a model comes from and what its configuration says. What the network is made of stands in ModelSummary.
struct ModelCard {
    std::string file;  ///< absolute path of the file that holds the weights (a run's newest snapshot)
    ModelFormat format = ModelFormat::SafeTensors;
    std::int64_t bytes = 0;
    /// Published argument name and its value as JSON, in the order of the file's configuration.
    std::vector<std::pair<std::string, std::string>> configuration;
    std::optional<double> kimg;       ///< thousand training images seen
    bool kimgFromName = false;        ///< only the file's name says so
    std::string assumedClass;         ///< where the file does not say its class
    std::string takenFrom, notTaken;  ///< of several networks in the file: the one that was taken, the others
    std::string unusedTensors;        ///< tensors that are not the network's: "3 (n_averaged, ...)"
    std::vector<std::string> notes;   ///< sentences: what was assumed, what was ignored
    /// The file's other words, as they are.
    std::vector<std::pair<std::string, std::string>> metadata;
    WeightsLicence licenceKind = WeightsLicence::Unknown;
    std::string licence;  ///< the file's own words
    bool operator==(const ModelCard&) const = default;
};

}  // namespace thaw

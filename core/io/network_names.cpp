// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/network_names.h"

#include "core/io/average_names.h"
#include "core/nn/unet_plan.h"
#include "core/values/error.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <string_view>

namespace thaw {
namespace {

using Words = std::vector<std::string_view>;

Words split(std::string_view text, char separator) {
    Words parts;
    for (std::size_t at = 0;;) {
        const auto end = text.find(separator, at);
        parts.push_back(text.substr(at, end - at));
        if (end == std::string_view::npos) return parts;
        at = end + 1;
    }
}

template <class Range>
std::string dotted(const Range& parts) {
    std::string text;
    for (const auto& part : parts) text.append(text.empty() ? "" : ".").append(part);
    return text;
}

bool oneOf(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

// What torch.compile, data parallelism, sharding and activation checkpoints put into names.
bool isWrapperWord(std::string_view part) {
    return oneOf(part, {"_orig_mod", "module", "_fsdp_wrapped_module", "_checkpoint_wrapped_module", "_forward_module",
                        "_wrapped_module", "_orig_module"});
}

Words ownWords(std::string_view path) {
    Words parts;
    for (const auto part : split(path, '.'))
        if (!isWrapperWord(part)) parts.push_back(part);
    return parts;
}

// `32x32_block0`
bool isStage(std::string_view part) {
    std::size_t at = 0;
    const auto digits = [&] {
        const auto from = at;
        while (at < part.size() && std::isdigit(static_cast<unsigned char>(part[at]))) ++at;
        return at > from;
    };
    return digits() && at < part.size() && part[at++] == 'x' && digits() && at < part.size() && part[at] == '_';
}

bool startsNetwork(const Words& parts, std::size_t at) {
    const auto part = parts[at];
    if (at + 1 >= parts.size()) return false;
    if (part == "enc" || part == "dec") return isStage(parts[at + 1]);
    return oneOf(part, {"map_noise", "map_label", "map_augment", "map_layer0", "map_layer1", "map_time0", "map_time1",
                        "out_norm", "out_conv"}) &&
           at + 2 == parts.size();
}

// --- which network ---

// Words of a name in lower case, without digits: `G_ema2` -> {g, ema}.
std::vector<std::string> wordsIn(std::string_view part) {
    std::vector<std::string> words(1);
    for (const char c : part) {
        if (std::isalpha(static_cast<unsigned char>(c)))
            words.back() += char(std::tolower(static_cast<unsigned char>(c)));
        else if (!words.back().empty()) words.emplace_back();
    }
    return words;
}

constexpr int kAveraged = 0, kPlain = 10, kLast = 100;

// The innermost part that means something decides; a teacher or a copy inside an optimiser is last whatever it is called.
int rankOf(const std::string& owner) {
    int rank = -1;
    const auto parts = split(owner, '.');
    for (auto part = parts.rbegin(); part != parts.rend(); ++part)
        for (const auto& word : wordsIn(*part)) {
            if (oneOf(word, {"teacher", "fake", "real", "score", "discriminator", "optimizer", "optimiser", "optim",
                             "opt", "grad", "grads", "gradients", "pretrained", "init", "initial", "old", "backup"}))
                return kLast;
            if (rank >= 0) continue;
            if (oneOf(word, {"ema", "modelema", "emamodel", "netema", "emanet", "averaged", "average", "avg", "swa",
                             "polyak", "shadow"}))
                rank = *part == "ema" ? kAveraged : kAveraged + 1;
            else if (word == "online") rank = kPlain + 3;
        }
    if (rank >= 0) return rank;
    const auto last = parts.size() > 1 && parts.back() == "model" ? parts[parts.size() - 2] : parts.back();
    return last == "net"                     ? kPlain
           : last == "model"                 ? kPlain + 1
           : oneOf(last, {"generator", "G"}) ? kPlain + 2
                                             : kPlain + 3;
}

// Networks in the order of the file, the best first.
std::vector<NetworkInFile> networksIn(const std::vector<TensorPlace>& places) {
    std::vector<NetworkInFile> networks;
    std::map<std::string, std::size_t> known;
    std::vector<std::pair<std::size_t, std::string>> tables;  // iDDPM's: place, owner of the wrapper
    std::set<std::string> averaged;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const auto name = networkName(places[i].name);
        if (name.published == "u") tables.emplace_back(i, name.owner);
        if (places[i].name == "n_averaged" || places[i].name.ends_with(".n_averaged"))
            averaged.insert(
                places[i].name.substr(0, places[i].name.size() - std::min<std::size_t>(places[i].name.size(), 11)));
        if (name.published.empty() || name.published == "u") continue;
        const auto [it, isNew] = known.emplace(name.owner, networks.size());
        if (isNew) networks.push_back({name.owner, {}, rankOf(name.owner)});
        networks[it->second].tensors.emplace_back(i, name.published);
    }
    for (auto& network : networks) {
        for (const auto& [place, owner] : tables)
            if (owner == network.owner || owner == wrapperOf(network.owner)) network.tensors.emplace_back(place, "u");
        // torch.optim.swa_utils.AveragedModel counts beside the weights.
        if (averaged.count(network.owner) + averaged.count(wrapperOf(network.owner)) && network.rank < kLast)
            network.rank = std::min(network.rank, kAveraged + 1);
    }
    const auto better = [](const NetworkInFile& a, const NetworkInFile& b) { return a.rank < b.rank; };
    std::stable_sort(networks.begin(), networks.end(), better);
    if (!networks.empty())
        for (auto& average : averagesWithoutNames(networks.front(), places)) {
            average.rank = rankOf(average.owner);
            networks.push_back(std::move(average));
        }
    std::stable_sort(networks.begin(), networks.end(), better);
    return networks;
}

std::vector<StoredTensor> tensorsOf(const NetworkInFile& network, const TensorMaker& make) {
    std::vector<StoredTensor> tensors;
    std::set<std::string> names;
    for (const auto& [place, name] : network.tensors) {
        // A module that hangs in two places is written twice.
        if (!names.insert(name).second) continue;
        tensors.push_back(make(place));
        tensors.back().name = name;
    }
    return tensors;
}

bool isComplete(const Checkpoint& checkpoint) {
    try {
        const auto inferred = inferConfig(checkpoint);
        for (const auto& parameter :
             expectedParameters(parseNetworkConfig(inferred.json, checkpoint.path, inferred.className))) {
            const auto* tensor = checkpoint.find("model." + parameter.name);
            if (!tensor || tensor->shape != parameter.shape) return false;
        }
        return true;
    } catch (const Error&) {
        return false;
    }
}

std::string titleOf(const NetworkInFile& network) {
    const auto wrapper = wrapperOf(network.owner);
    return !wrapper.empty() ? wrapper : network.owner.empty() ? "names without a prefix" : network.owner;
}

// What lies beside the weights and belongs to no network.
std::vector<std::string> besideOf(const NetworkInFile& chosen, const std::vector<TensorPlace>& places) {
    std::set<std::size_t> containers;
    for (const auto& [place, name] : chosen.tensors) containers.insert(places[place].container);
    std::vector<std::string> names;
    for (const auto& place : places)
        if (containers.count(place.container) && networkName(place.name).published.empty()) names.push_back(place.name);
    return names;
}

}  // namespace

std::string wrapperOf(const std::string& owner) {
    if (owner == "model") return {};
    return owner.ends_with(".model") ? owner.substr(0, owner.size() - 6) : owner;
}

std::vector<std::string> namesOf(const std::vector<TensorPlace>& places) {
    std::vector<std::string> names;
    names.reserve(places.size());
    for (const auto& place : places) names.push_back(place.name);
    return names;
}

std::string withoutWrapperWords(const std::string& path) { return dotted(ownWords(path)); }

NetworkName networkName(const std::string& name) {
    const auto parts = ownWords(name);
    if (parts.empty()) return {};
    if (parts.back() == "u") return {dotted(Words(parts.begin(), parts.end() - 1)), "u"};
    if (!oneOf(parts.back(), {"weight", "bias", "freqs", "resample_filter"})) return {};
    for (std::size_t i = 0; i < parts.size(); ++i)
        if (startsNetwork(parts, i))
            return {dotted(Words(parts.begin(), parts.begin() + std::ptrdiff_t(i))),
                    "model." + dotted(Words(parts.begin() + std::ptrdiff_t(i), parts.end()))};
    return {};
}

std::optional<std::string> takeNetwork(Checkpoint& checkpoint, const std::vector<TensorPlace>& places,
                                       const TensorMaker& make) {
    const auto networks = networksIn(places);
    if (networks.empty()) return {};
    const auto* chosen = &networks.front();
    if (networks.size() > 1) {
        // An average of the trained weights alone, or a part of a network, is none.
        for (const auto& network : networks) {
            Checkpoint probe;
            probe.path = checkpoint.path;
            try {
                probe.tensors = tensorsOf(network, make);
            } catch (const std::runtime_error&) {
                continue;
            }
            if (!isComplete(probe)) continue;
            chosen = &network;
            break;
        }
    }
    checkpoint.tensors = tensorsOf(*chosen, make);
    checkpoint.beside = besideOf(*chosen, places);
    if (const auto wrapper = wrapperOf(chosen->owner); !wrapper.empty() || networks.size() > 1)
        checkpoint.metadata["taken_from"] = titleOf(*chosen);
    std::string others;
    for (const auto& network : networks)
        if (&network != chosen) others += (others.empty() ? "" : ", ") + titleOf(network);
    if (!others.empty()) checkpoint.metadata["not_taken"] = others;
    return chosen->owner;
}

}  // namespace thaw

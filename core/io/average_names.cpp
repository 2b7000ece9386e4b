// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/average_names.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <string_view>

namespace thaw {
namespace {

bool isWeight(const std::string& name) { return name.ends_with("weight") || name.ends_with("bias"); }

std::string withoutDots(std::string name) {
    name.erase(std::remove(name.begin(), name.end(), '.'), name.end());
    return name;
}

// Owner and last part of a name.
std::pair<std::string, std::string> takenApart(const std::string& name) {
    const auto dot = name.rfind('.');
    return dot == std::string::npos ? std::pair(std::string(), name)
                                    : std::pair(name.substr(0, dot), name.substr(dot + 1));
}

}  // namespace

std::vector<NetworkInFile> averagesWithoutNames(const NetworkInFile& trained, const std::vector<TensorPlace>& places) {
    std::vector<std::string> weights;
    std::map<std::string, std::string> published;  // by its name without dots, of the wrapped module and of the network
    for (const auto& [place, name] : trained.tensors) {
        if (!isWeight(name)) continue;
        weights.push_back(name);
        published[withoutDots(name)] = published[withoutDots(name.substr(std::string_view("model.").size()))] = name;
    }
    std::map<std::string, NetworkInFile> averages;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const auto [owner, last] = takenApart(places[i].name);
        auto name = published.find(last);
        std::size_t number = 0;
        const auto* end = last.data() + last.size();
        if (const auto parsed = std::from_chars(last.data(), end, number);
            parsed.ec == std::errc() && parsed.ptr == end && owner.ends_with("shadow_params") &&
            number < weights.size())
            name = published.find(withoutDots(weights[number]));
        if (name == published.end() || !networkName(places[i].name).published.empty()) continue;
        auto& network = averages[owner];
        network.owner = owner;
        network.tensors.emplace_back(i, name->second);
    }
    std::vector<NetworkInFile> whole;
    for (auto& [owner, network] : averages) {
        if (network.tensors.size() != weights.size()) continue;
        for (const auto& tensor : trained.tensors)
            if (!isWeight(tensor.second)) network.tensors.push_back(tensor);
        whole.push_back(std::move(network));
    }
    return whole;
}

}  // namespace thaw

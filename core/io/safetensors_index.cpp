// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/safetensors_index.h"

#include "core/formats/json_text.h"
#include "core/io/network_names.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace thaw {
namespace {

using SortedJson = nlohmann::json;  // sorted: an ordered object is quadratic in its keys

// A header takes about 110 bytes a tensor: 2 MiB are thirty times the largest published network.
constexpr std::uint64_t kMaxHeader = 2ull << 20;
constexpr std::uint64_t kFormatMaxHeader = 100'000'000;  // what the format itself allows
constexpr int kMaxTensorDimensions = 16;

StoredTensor safeTensor(const std::string& name, const SortedJson& value, std::uint64_t dataStart,
                        std::uint64_t dataBytes) {
    StoredTensor tensor;
    tensor.name = name;
    const auto type = value.at("dtype").get<std::string>();
    const auto known = numberType(&NumberTypeNames::safeTensors, type);
    if (known) tensor.type = *known;
    else tensor.unsupported = "numbers of the type " + type.substr(0, 20);
    std::uint64_t bytes = known ? bytesOf(tensor.type) : 0;
    for (const auto& dimension : value.at("shape")) {
        const auto size = dimension.get<std::int64_t>();
        if (size < 0 || (size > 0 && bytes > dataBytes / std::uint64_t(size)))
            throw std::runtime_error("the tensor '" + name + "' claims the size " + jsonText(value.at("shape")) +
                                     ", more than the file holds");
        bytes *= std::uint64_t(size);
        tensor.shape.push_back(size);
    }
    tensor.stride = denseStrides(tensor.shape);
    const auto begin = value.at("data_offsets").at(0).get<std::uint64_t>(),
               end = value.at("data_offsets").at(1).get<std::uint64_t>();
    if (end > dataBytes || begin > end || (known && end - begin != bytes))
        throw std::runtime_error("the tensor '" + name + "' points at bytes " + std::to_string(begin) + " to " +
                                 std::to_string(end) + " of " + std::to_string(dataBytes));
    tensor.storageOffset = dataStart + begin;
    tensor.storageBytes = end - begin;
    return tensor;
}

}  // namespace

bool looksLikeSafeTensors(std::string_view bytes) {
    std::uint64_t header = 0;
    if (bytes.size() < 10) return false;
    std::memcpy(&header, bytes.data(), 8);
    return bytes[8] == '{' && header >= 2 && header <= kFormatMaxHeader;
}

void indexSafeTensors(std::string_view bytes, Checkpoint& checkpoint) {
    checkpoint.format = "safetensors";
    std::uint64_t headerBytes = 0;
    std::memcpy(&headerBytes, bytes.data(), 8);
    if (headerBytes > bytes.size() - 8)
        throw std::runtime_error("its header claims " + std::to_string(headerBytes) + " bytes of a file of " +
                                 std::to_string(bytes.size()));
    if (headerBytes > kMaxHeader)
        throw UnsupportedContent("a header of " + std::to_string(headerBytes) +
                                 " bytes, more than any network of this kind needs");
    const auto text = bytes.substr(8, std::size_t(headerBytes));
    // Depth is bounded before the parser recurses: a header has three levels.
    int depth = 0, deepest = 0;
    for (const char c : text) {
        depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
        deepest = std::max(deepest, depth);
    }
    if (deepest > 4096) throw std::runtime_error("its header is nested " + std::to_string(deepest) + " deep");
    try {
        // Long arrays stop the parser before they cost memory.
        int elements = 0;
        const auto header = SortedJson::parse(text, [&](int, SortedJson::parse_event_t event, SortedJson&) {
            elements = event == SortedJson::parse_event_t::value ? elements + 1 : 0;
            if (elements > 4 * kMaxTensorDimensions)
                throw std::runtime_error("a tensor claims more than " + std::to_string(kMaxTensorDimensions) +
                                         " dimensions");
            return true;
        });
        for (const auto& [name, value] : header.items()) {
            if (name == "__metadata__") {
                for (const auto& [key, word] : value.items()) checkpoint.metadata[key] = word.get<std::string>();
            } else {
                checkpoint.tensors.push_back(safeTensor(name, value, 8 + headerBytes, bytes.size() - 8 - headerBytes));
            }
        }
    } catch (const nlohmann::json::exception&) {
        throw std::runtime_error("its header is not valid JSON of the safetensors form");
    }
    std::stable_sort(checkpoint.tensors.begin(), checkpoint.tensors.end(),
                     [](const auto& a, const auto& b) { return a.storageOffset < b.storageOffset; });
    const auto word = [&](const char* key) {
        const auto it = checkpoint.metadata.find(key);
        return it == checkpoint.metadata.end() ? std::string() : it->second;
    };
    checkpoint.className = word("class");
    checkpoint.configJson = word("config");
}

}  // namespace thaw

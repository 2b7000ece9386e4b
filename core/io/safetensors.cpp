// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/safetensors.h"

#include "core/io/atomic_file.h"
#include "core/values/error.h"

#include <nlohmann/json.hpp>
#include <torch/torch.h>

#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace thaw {
namespace {

// A header of a real file is a few hundred bytes a tensor; 64 MiB is far beyond the largest network.
constexpr std::uint64_t kMaxHeader = 64ull << 20;

struct DtypeName {
    const char* name;
    torch::ScalarType type;
};
constexpr std::array<DtypeName, 10> kDtypes{{{"F64", torch::kDouble},
                                             {"F32", torch::kFloat},
                                             {"F16", torch::kHalf},
                                             {"BF16", torch::kBFloat16},
                                             {"I64", torch::kLong},
                                             {"I32", torch::kInt},
                                             {"I16", torch::kShort},
                                             {"I8", torch::kChar},
                                             {"U8", torch::kByte},
                                             {"BOOL", torch::kBool}}};

[[noreturn]] void damaged(const std::string& path, const std::string& why) {
    throw Error(ErrorCode::FileDamaged, "'" + path + "' is damaged: " + why + ".",
                "Copy or download the file again and compare its size with the original.");
}

torch::ScalarType dtypeOf(const std::string& name, const std::string& path) {
    for (const auto& entry : kDtypes)
        if (name == entry.name) return entry.type;
    throw Error(ErrorCode::WrongKind, "'" + path + "' holds a tensor of type '" + name + "', which is not supported.",
                "Convert it to F32, F16 or BF16.");
}

const char* nameOf(torch::ScalarType type) {
    for (const auto& entry : kDtypes)
        if (type == entry.type) return entry.name;
    throw std::logic_error("safetensors: dtype cannot be written");
}

struct Entry {
    std::string name;
    torch::ScalarType type;
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0, end = 0;
};

Entry readEntry(const std::string& name, const nlohmann::json& value, std::uint64_t dataBytes,
                const std::string& path) {
    Entry entry{name, dtypeOf(value.at("dtype").get<std::string>(), path), {}, 0, 0};
    std::uint64_t bytes = c10::elementSize(entry.type);
    for (const auto& dimension : value.at("shape")) {
        const auto size = dimension.get<std::int64_t>();
        if (size < 0 || (size > 0 && bytes > dataBytes / std::uint64_t(size)))
            damaged(path, "tensor '" + name + "' claims the size " + value.at("shape").dump() +
                              ", more than the file holds");
        bytes *= std::uint64_t(size);
        entry.shape.push_back(size);
    }
    entry.begin = value.at("data_offsets").at(0).get<std::uint64_t>();
    entry.end = value.at("data_offsets").at(1).get<std::uint64_t>();
    if (entry.end > dataBytes || entry.begin > entry.end || entry.end - entry.begin != bytes)
        damaged(path, "tensor '" + name + "' points at bytes " + std::to_string(entry.begin) + " to " +
                          std::to_string(entry.end) + " of " + std::to_string(dataBytes));
    return entry;
}

}  // namespace

torch::Tensor SafeTensors::find(const std::string& name) const {
    for (const auto& [key, tensor] : tensors)
        if (key == name) return tensor;
    return {};
}

torch::Tensor SafeTensors::at(const std::string& name, const std::string& path) const {
    auto tensor = find(name);
    if (!tensor.defined()) damaged(path, "the tensor '" + name + "' is missing");
    return tensor;
}

SafeTensors readSafeTensors(const std::string& path) {
    std::error_code error;
    if (!std::filesystem::exists(path, error))
        throw Error(ErrorCode::FileMissing, "There is no file '" + path + "'.", "Check the path.");
    if (std::filesystem::is_directory(path, error))
        throw Error(ErrorCode::WrongKind, "'" + path + "' is a folder, not a .safetensors file.", "Name the file in it.");
    std::ifstream stream(path, std::ios::binary);
    const std::uint64_t fileBytes = std::filesystem::file_size(path, error);
    if (!stream || error)
        throw Error(ErrorCode::FileMissing, "'" + path + "' cannot be opened.", "Check its permissions.");

    std::uint64_t headerBytes = 0;
    if (fileBytes < 8 || !stream.read(reinterpret_cast<char*>(&headerBytes), 8))
        damaged(path, "it ends after " + std::to_string(fileBytes) + " bytes");
    if (headerBytes > kMaxHeader || headerBytes < 2)
        throw Error(ErrorCode::WrongKind, "'" + path + "' is not a safetensors file.",
                    "Open a .safetensors model file, or convert yours with 'thaw-cli convert'.");
    if (headerBytes > fileBytes - 8)
        damaged(path, "its header claims " + std::to_string(headerBytes) + " bytes of a file of " +
                          std::to_string(fileBytes));
    std::string text(headerBytes, '\0');
    stream.read(text.data(), std::streamsize(headerBytes));
    if (text.front() != '{')
        throw Error(ErrorCode::WrongKind, "'" + path + "' is not a safetensors file.",
                    "Open a .safetensors model file, or convert yours with 'thaw-cli convert'.");

    SafeTensors content;
    std::vector<Entry> entries;
    const std::uint64_t dataBytes = fileBytes - 8 - headerBytes;
    try {
        const auto header = nlohmann::ordered_json::parse(text);
        for (const auto& [name, value] : header.items()) {
            if (name == "__metadata__") {
                for (const auto& [key, word] : value.items()) content.metadata[key] = word.get<std::string>();
            } else {
                entries.push_back(readEntry(name, value, dataBytes, path));
            }
        }
    } catch (const nlohmann::json::exception&) {
        damaged(path, "its header is not valid JSON of the safetensors form");
    }
    for (const auto& entry : entries) {
        auto tensor = torch::empty(entry.shape, entry.type);
        stream.seekg(std::streamoff(8 + headerBytes + entry.begin));
        stream.read(static_cast<char*>(tensor.data_ptr()), std::streamsize(entry.end - entry.begin));
        if (!stream) damaged(path, "it ends inside the tensor '" + entry.name + "'");
        content.tensors.emplace_back(entry.name, tensor);
    }
    return content;
}

void writeSafeTensors(const std::string& path, const SafeTensors& content) {
    nlohmann::ordered_json header;
    if (!content.metadata.empty()) header["__metadata__"] = content.metadata;
    std::uint64_t offset = 0;
    std::vector<torch::Tensor> flat;
    for (const auto& [name, tensor] : content.tensors) {
        flat.push_back(tensor.detach().to(torch::kCPU).contiguous());
        const std::uint64_t bytes = flat.back().nbytes();
        header[name] = {{"dtype", nameOf(tensor.scalar_type())},
                        {"shape", tensor.sizes().vec()},
                        {"data_offsets", {offset, offset + bytes}}};
        offset += bytes;
    }
    std::string text = header.is_null() ? "{}" : header.dump();
    text.append((8 - text.size() % 8) % 8, ' ');  // keeps the data 8-byte aligned
    writeFileAtomically(path, [&](std::ostream& stream) {
        const std::uint64_t headerBytes = text.size();
        stream.write(reinterpret_cast<const char*>(&headerBytes), 8);
        stream.write(text.data(), std::streamsize(text.size()));
        for (const auto& tensor : flat)
            stream.write(static_cast<const char*>(tensor.data_ptr()), std::streamsize(tensor.nbytes()));
    });
}

}  // namespace thaw

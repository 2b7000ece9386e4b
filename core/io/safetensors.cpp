// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/safetensors.h"

#include "core/formats/json_text.h"
#include "core/io/atomic_file.h"
#include "core/io/checkpoint.h"
#include "core/io/scalar_type.h"
#include "core/io/tensor_reader.h"
#include "core/values/error.h"

#include <torch/torch.h>
#include <nlohmann/json.hpp>

#include <cstring>
#include <ostream>

namespace thaw {
namespace {

[[noreturn]] void damagedTensors(const std::string& path, const std::string& why) {
    throw Error(ErrorCode::FileDamaged, "'" + path + "' is damaged: " + why + ".",
                "Copy or download the file again and compare its size with the original.");
}

std::string dtypeName(torch::ScalarType type) {
    const auto known = numberType(type);
    if (!known) throw std::logic_error("safetensors: dtype cannot be written");
    return std::string(namesOf(*known).safeTensors);
}

}  // namespace

torch::Tensor SafeTensors::find(const std::string& name) const {
    for (const auto& [key, tensor] : tensors)
        if (key == name) return tensor;
    return {};
}

torch::Tensor SafeTensors::at(const std::string& name, const std::string& path) const {
    auto tensor = find(name);
    if (!tensor.defined()) damagedTensors(path, "the tensor '" + name + "' is missing");
    return tensor;
}

SafeTensors readSafeTensors(const std::string& path) {
    const auto index = indexTensors(path);
    if (index.format != "safetensors")
        throw Error(ErrorCode::WrongKind, "'" + path + "' is not a safetensors file but a " + index.format + ".",
                    "Convert it with 'thaw-cli convert'.");
    SafeTensors content;
    content.metadata = index.metadata;
    TensorReader reader(index);
    for (const auto& tensor : index.tensors)
        if (!tensor.unsupported.empty())
            throw Error(ErrorCode::WrongKind,
                        "'" + path + "' holds " + tensor.unsupported + ", which are not read here.",
                        "Save it as plain float32 tensors first.");
    for (const auto& tensor : index.tensors) content.tensors.emplace_back(tensor.name, reader.read(tensor));
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
        header[name] = {{"dtype", dtypeName(tensor.scalar_type())},
                        {"shape", tensor.sizes().vec()},
                        {"data_offsets", {offset, offset + bytes}}};
        offset += bytes;
    }
    std::string text = header.is_null() ? "{}" : jsonText(header);
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

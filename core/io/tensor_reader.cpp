// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/tensor_reader.h"

#include "core/io/scalar_type.h"
#include "core/values/error.h"

#include <torch/torch.h>
#include <zip.h>

#include <fcntl.h>
#include <unistd.h>
#include <cstring>

namespace thaw {

// One open file: the checkpoint's own, or a shard.
struct TensorReader::Source {
    std::string path;
    int descriptor = -1;
    zip_t* archive = nullptr;
    // Small tensors may be views of one deflated member, which can only be read from its start: keep the last one.
    std::string unfoldedName, unfolded;

    ~Source() {
        if (descriptor >= 0) ::close(descriptor);
        if (archive) zip_discard(archive);
    }
};

namespace {

[[noreturn]] void damagedTensor(const std::string& path, const std::string& name) {
    throw Error(ErrorCode::FileDamaged,
                "'" + path + "' is damaged: the tensor '" + name + "' cannot be read to its end.",
                "Copy or download the file again and compare its size with the original.");
}

}  // namespace

TensorReader::TensorReader(const Checkpoint& checkpoint) : checkpoint_(checkpoint) {}
TensorReader::~TensorReader() = default;

TensorReader::Source& TensorReader::sourceOf(const StoredTensor& tensor) {
    const auto& path = tensor.file.empty() ? checkpoint_.path : tensor.file;
    auto& source = sources_[path];
    if (!source) {
        source = std::make_unique<Source>();
        source->path = path;
    }
    return *source;
}

void TensorReader::bytes(const StoredTensor& tensor, std::uint64_t offset, std::uint64_t length, void* target) {
    auto* cursor = static_cast<char*>(target);
    if (tensor.decoded) {
        std::memcpy(cursor, tensor.decoded->data() + tensor.storageOffset + offset, std::size_t(length));
        return;
    }
    auto& source = sourceOf(tensor);
    if (tensor.member.empty()) {
        if (source.descriptor < 0) source.descriptor = ::open(source.path.c_str(), O_RDONLY | O_CLOEXEC);
        offset += tensor.storageOffset;
        while (length > 0) {
            const auto got = ::pread(source.descriptor, cursor, std::size_t(std::min<std::uint64_t>(length, 1u << 30)),
                                     off_t(offset));
            if (got <= 0) damagedTensor(source.path, tensor.name);
            cursor += got;
            offset += std::uint64_t(got);
            length -= std::uint64_t(got);
        }
        return;
    }
    if (!source.archive) source.archive = zip_open(source.path.c_str(), ZIP_RDONLY, nullptr);
    if (!source.archive) damagedTensor(source.path, tensor.name);
    const auto open = [&] {
        return std::unique_ptr<zip_file_t, decltype(&zip_fclose)>(zip_fopen(source.archive, tensor.member.c_str(), 0),
                                                                  zip_fclose);
    };
    if (source.unfoldedName != tensor.member) {
        auto file = open();
        if (!file) damagedTensor(source.path, tensor.name);
        if (offset == 0 || zip_fseek(file.get(), zip_int64_t(offset), SEEK_SET) == 0) {
            // libzip verifies the checksum when a member is read to its end.
            if (zip_fread(file.get(), cursor, length) != zip_int64_t(length)) damagedTensor(source.path, tensor.name);
            char more = 0;
            if (offset + length == tensor.storageBytes && zip_fread(file.get(), &more, 1) != 0)
                damagedTensor(source.path, tensor.name);
            return;
        }
        file = open();
        source.unfolded.assign(std::size_t(tensor.storageBytes), '\0');
        if (!file ||
            zip_fread(file.get(), source.unfolded.data(), tensor.storageBytes) != zip_int64_t(tensor.storageBytes))
            damagedTensor(source.path, tensor.name);
        source.unfoldedName = tensor.member;
    }
    std::memcpy(cursor, source.unfolded.data() + offset, std::size_t(length));
}

torch::Tensor TensorReader::read(const StoredTensor& tensor) {
    const auto type = scalarType(tensor.type);
    const auto size = bytesOf(tensor.type);
    if (tensor.count() == 0) return torch::empty(tensor.shape, type);
    if (tensor.contiguous()) {
        auto result = torch::empty(tensor.shape, type);
        bytes(tensor, tensor.first * size, std::uint64_t(tensor.count()) * size, result.data_ptr());
        return result;
    }
    std::int64_t reach = 1;
    for (std::size_t i = 0; i < tensor.shape.size(); ++i) reach += (tensor.shape[i] - 1) * tensor.stride[i];
    auto run = torch::empty({reach}, type);
    bytes(tensor, tensor.first * size, std::uint64_t(reach) * size, run.data_ptr());
    return run.as_strided(tensor.shape, tensor.stride).contiguous();
}

void TensorReader::readInto(const StoredTensor& tensor, const torch::Tensor& target) {
    torch::NoGradGuard guard;
    if (scalarType(tensor.type) == target.scalar_type() && tensor.contiguous() && target.is_contiguous() &&
        target.device().is_cpu() && tensor.count() > 0 && tensor.count() == target.numel()) {
        const auto size = bytesOf(tensor.type);
        bytes(tensor, tensor.first * size, std::uint64_t(tensor.count()) * size, target.data_ptr());
        return;
    }
    target.copy_(read(tensor));
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/torch_archive.h"

#include "core/io/torch_pickle.h"
#include "core/values/error.h"

#include <zip.h>

#include <filesystem>
#include <memory>
#include <stdexcept>

namespace thaw {
namespace {

constexpr std::uint64_t kMaxPickle = 64ull << 20;

using Archive = std::unique_ptr<zip_t, decltype(&zip_discard)>;

// A member's size, checked against what its bytes in the file can possibly unfold to.
std::uint64_t plausibleSize(zip_t* archive, const std::string& name, std::uint64_t fileBytes) {
    zip_stat_t status;
    zip_stat_init(&status);
    if (zip_stat(archive, name.c_str(), 0, &status) != 0) throw std::runtime_error("the member '" + name + "' is missing");
    // deflate unfolds at most 1032 to 1.
    const std::uint64_t most = status.comp_method == ZIP_CM_STORE ? status.comp_size : status.comp_size * 1040 + 64;
    if (status.comp_size > fileBytes || status.size > most)
        throw std::runtime_error("the member '" + name + "' claims " + std::to_string(status.size) + " bytes");
    if (status.encryption_method != ZIP_EM_NONE) throw std::runtime_error("it is encrypted");
    return status.size;
}

std::string readMember(zip_t* archive, const std::string& name, std::uint64_t size) {
    if (size > kMaxPickle) throw std::runtime_error("the member '" + name + "' claims " + std::to_string(size) + " bytes");
    std::unique_ptr<zip_file_t, decltype(&zip_fclose)> file(zip_fopen(archive, name.c_str(), 0), zip_fclose);
    std::string bytes(std::size_t(size), '\0');
    if (!file || zip_fread(file.get(), bytes.data(), size) != zip_int64_t(size)) throw std::runtime_error("the member '" + name + "' is damaged");
    return bytes;
}

}  // namespace

void indexTorchArchive(const std::string& path, Checkpoint& checkpoint) {
    checkpoint.format = "PyTorch archive";
    int code = 0;
    const Archive archive(zip_open(path.c_str(), ZIP_RDONLY, &code), zip_discard);
    if (!archive) throw std::runtime_error("the zip archive is cut short or damaged");
    std::string root, mark;
    bool found = false, script = false;
    const auto entries = zip_get_num_entries(archive.get(), 0);
    for (zip_int64_t i = 0; i < std::min<zip_int64_t>(entries, 100'000); ++i) {
        const char* raw = zip_get_name(archive.get(), zip_uint64_t(i), ZIP_FL_ENC_RAW);
        const std::string name = raw ? raw : "";
        if (!found && (name == "data.pkl" || name.ends_with("/data.pkl"))) {
            root = name.substr(0, name.size() - 8);
            found = true;
        }
        if (name.find("/code/") != std::string::npos) script = true;
    }
    if (script && found)
        throw Error(ErrorCode::WrongKind, "'" + path + "' is a TorchScript program, not a checkpoint.", "It can serve as a feature network (--features).");
    if (!found)
        throw Error(ErrorCode::WrongKind, "'" + path + "' is a zip archive, but none that PyTorch saved.", "Data sets are opened with --data.");

    std::error_code error;
    const std::uint64_t fileBytes = std::filesystem::file_size(path, error);
    if (zip_name_locate(archive.get(), (root + "byteorder").c_str(), 0) >= 0 &&
        readMember(archive.get(), root + "byteorder", plausibleSize(archive.get(), root + "byteorder", fileBytes)) != "little")
        throw std::runtime_error("its numbers are big-endian");
    const auto pickled = readMember(archive.get(), root + "data.pkl", plausibleSize(archive.get(), root + "data.pkl", fileBytes));
    const StorageLocator locate = [&](const StorageRecord& record, StoredTensor& tensor) {
        tensor.member = root + "data/" + record.key;
        tensor.storageBytes = plausibleSize(archive.get(), tensor.member, fileBytes);
    };
    const auto document = pickle::parse(pickled);
    collectTensors(document, pickled, 0, locate, checkpoint);
}

}  // namespace thaw

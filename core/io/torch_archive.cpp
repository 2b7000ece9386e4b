// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/torch_archive.h"

#include "core/io/network_names.h"
#include "core/io/zip_reader.h"
#include "core/values/error.h"

#include <map>
#include <stdexcept>

namespace thaw {
namespace {

constexpr std::uint64_t kMaxPickle = 64ull << 20;

// A member's size, checked against what its bytes in the file can possibly unfold to: deflate gains at most 1032 to 1.
std::uint64_t plausibleSize(const ZipEntry& entry) {
    if (entry.bytes > entry.packed * 1040 + 64)
        throw std::runtime_error("the member '" + entry.name + "' claims " + std::to_string(entry.bytes) + " bytes");
    return entry.bytes;
}

}  // namespace

void indexTorchArchive(const std::string& path, Checkpoint& checkpoint, Collect collect) {
    checkpoint.format = "PyTorch archive";
    const ZipReader archive(path);
    std::map<std::string, std::size_t> members;
    std::string root;
    bool found = false, script = false;
    for (std::size_t i = 0; i < archive.entries().size(); ++i) {
        const auto& name = archive.entries()[i].name;
        members[name] = i;
        if (!found && (name == "data.pkl" || name.ends_with("/data.pkl"))) {
            root = name.substr(0, name.size() - 8);
            found = true;
        }
        if (name.find("/code/") != std::string::npos) script = true;
    }
    if (!found)
        throw Error(ErrorCode::WrongKind, "'" + path + "' is a zip archive, but none that PyTorch saved.",
                    "Data sets are opened with --data.");

    if (const auto order = members.find(root + "byteorder");
        order != members.end() && archive.read(order->second, 16) != "little")
        throw UnsupportedContent("big-endian numbers");
    const auto pickled = archive.read(members.at(root + "data.pkl"), kMaxPickle);
    const StorageLocator locate = [&](const StorageRecord& record, StoredTensor& tensor) {
        tensor.member = root + "data/" + record.key;
        const auto member = members.find(tensor.member);
        if (member == members.end()) throw std::runtime_error("the member '" + tensor.member + "' is missing");
        tensor.storageBytes = plausibleSize(archive.entries()[member->second]);
    };
    const auto document = pickle::parse(pickled);
    try {
        collectTensors(document, pickled, 0, locate, checkpoint, collect);
    } catch (const Error&) {
        if (!script) throw;
        throw Error(ErrorCode::WrongKind, "'" + path + "' is a TorchScript program without an EDM network in it.",
                    "It can serve as a feature network (--features).");
    }
}

}  // namespace thaw

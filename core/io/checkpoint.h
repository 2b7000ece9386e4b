// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/number_type.h"
#include "core/values/model_summary.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace thaw {

/// Where the numbers of one tensor lie. Element (i, j, ...) is element `first + i·stride[0] + j·stride[1] + ...` of its
/// storage, a run of `storageBytes` bytes at `storageOffset` of the file, or of the archive's member `member`.
struct StoredTensor {
    std::string name;
    NumberType type = NumberType::Float32;
    std::vector<std::int64_t> shape, stride;
    std::uint64_t first = 0;
    std::uint64_t storageOffset = 0, storageBytes = 0;
    std::string member;  ///< of a zip archive; empty = the file itself
    std::string file;    ///< of a checkpoint in several files; empty = the checkpoint's own path
    std::shared_ptr<const std::string> decoded;  ///< the storage, where the file holds it in another form
    std::string unsupported;                     ///< what its numbers are, where this program does not read them

    bool contiguous() const;
    std::int64_t count() const;
};

/// What a file says it holds, without the numbers: reading it costs no more than its names and shapes.
struct Checkpoint {
    std::string path;
    std::string format;  ///< for people: "safetensors", "pickled snapshot", "PyTorch archive", "PyTorch file (legacy)"
    std::string className;   ///< `EDMPrecond`, ...; empty when the file does not say
    std::string configJson;  ///< constructor arguments; empty when the file does not say
    std::map<std::string, std::string> metadata;
    std::vector<StoredTensor> tensors;  ///< names as published (`model.enc...`), in the file's order
    std::vector<std::string> beside;    ///< names of tensors that lie beside the network's and are none of any network

    const StoredTensor* find(const std::string& name) const;
};

/// Indexes a `.safetensors`, a pickled EDM or D2O snapshot, a PyTorch state dict or training state (zip or legacy), or the
/// index of several shards, recognised by content. Pickles are read as data (pickle.h); source text in them is skipped. One
/// network is taken, as takeNetwork (network_names.h) chooses it, under its published names. Every extent is checked
/// against the file before anything is allocated. Throws FileMissing, FileDamaged, WrongKind with one sentence each.
Checkpoint indexCheckpoint(const std::string& path);
/// All tensors of such a file or set of shards under the names they have there.
Checkpoint indexTensors(const std::string& path);

/// Strides of a contiguous array.
std::vector<std::int64_t> denseStrides(const std::vector<std::int64_t>& shape);

/// The configuration of a state dict that brings none, read off its names and shapes: architecture, resolution, widths,
/// blocks, attention, embedding, encoder, filter, classes. Returns the class and the JSON; throws WrongKind when the
/// names are not those of EDM's networks.
struct InferredConfig {
    std::string className, json;
};
InferredConfig inferConfig(const Checkpoint& checkpoint);

}  // namespace thaw

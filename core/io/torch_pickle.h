// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/checkpoint.h"
#include "core/io/pickle.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace thaw {

/// What PyTorch and EDM's persistence mean by the records of a pickle.
struct StorageRecord {
    std::string key;  ///< within the archive or stream
    NumberType type = NumberType::Float32;
    bool untyped = false;  ///< the tensor names the type
    std::uint64_t elements = 0;
};
/// Fills member, storageOffset and storageBytes of the tensor from the storage's key.
using StorageLocator = std::function<void(const StorageRecord&, StoredTensor&)>;

/// What is wanted of a document.
enum class Collect {
    Network,    ///< one network under its published names
    Everything  ///< all tensors under the names of the file
};

/// Finds the tensors of one document in its dicts, lists and modules, and takes the network that takeNetwork chooses. Sets
/// class, configuration and tensors of `checkpoint`. `source` are the bytes the document was parsed from, which start at byte
/// `base` of the file; storages pickled in place are found there. Throws std::runtime_error with a short reason, and what
/// refuseForeign throws where there is no network.
void collectTensors(const pickle::Document& document, std::string_view source, std::uint64_t base,
                    const StorageLocator& locate, Checkpoint& checkpoint, Collect collect = Collect::Network);

/// A legacy torch.save stream: five pickles, then for each key an int64 count and the numbers. `offsets[key]` is the byte
/// within `source` where the numbers start.
struct LegacyStream {
    pickle::Document object;
    std::size_t objectAt = 0;  ///< byte within `source` where the object's pickle starts
    std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> offsets;  ///< key -> (offset, elements)
};
bool isLegacyStream(std::string_view source);
LegacyStream parseLegacyStream(std::string_view source);

/// Type and size of a ('storage', <class>, key, location, elements) tuple. Throws std::runtime_error.
StorageRecord storageRecord(const pickle::Document& document, pickle::Ref identifier);

}  // namespace thaw

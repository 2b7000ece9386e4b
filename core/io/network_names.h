// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/checkpoint.h"
#include "core/io/unsupported_content.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace thaw {

/// The name of one tensor in a file, apart from its numbers. Programs put words before and into the names of a network:
/// `_orig_mod.` (torch.compile), `module.` (DistributedDataParallel, averaged models), `net.` (a wrapper of the user's), and
/// keep several networks in one file (`ema`, `model`).
struct TensorPlace {
    std::string name;           ///< path within the file, parts joined by dots
    std::size_t container = 0;  ///< the dict or module it lies in: what lies beside a network's weights is named
};

std::vector<std::string> namesOf(const std::vector<TensorPlace>& places);

/// A name taken apart: words of wrappers are dropped wherever they stand.
struct NetworkName {
    std::string owner;      ///< what stands before the network's own name, e.g. `ema.model`
    std::string published;  ///< e.g. `model.enc.32x32_block0.conv0.weight`, or `u` (the table of iDDPM's wrapper)
};
/// Empty `published` for names that are none of an EDM network's.
NetworkName networkName(const std::string& name);

/// Reads where one tensor lies. Throws std::runtime_error with a short reason.
using TensorMaker = std::function<StoredTensor(std::size_t place)>;

/// Chooses one of the networks whose names are among `places` and puts its tensors under their published names into
/// `checkpoint`: an averaged one (`ema`, `model_ema`, `G_ema`, `ema_model`, or beside `n_averaged`) before the others, `net`
/// and `model` before further ones, teachers and copies inside optimisers last, and none that lacks tensors while another is
/// complete. Only the chosen tensors are looked at. Says what was chosen in the metadata `taken_from` and `not_taken`, and
/// fills `checkpoint.beside`. Returns the owner of the chosen network; nothing where there is none.
std::optional<std::string> takeNetwork(Checkpoint& checkpoint, const std::vector<TensorPlace>& places,
                                       const TensorMaker& make);

/// A path without the words that wrappers put into it.
std::string withoutWrapperWords(const std::string& path);

/// `ema.model` -> `ema`: the wrapper around a network calls it `model`.
std::string wrapperOf(const std::string& owner);

}  // namespace thaw

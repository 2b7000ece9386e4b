// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/torch_pickle.h"

namespace thaw {

/// Indexes what torch.save writes since PyTorch 1.6: a zip archive with NAME/data.pkl and one member NAME/data/KEY per
/// storage, stored or deflated; of a TorchScript program the weights alone. Throws Error(WrongKind) for other zip archives
/// (a data set) and std::runtime_error with a short reason for damaged ones.
void indexTorchArchive(const std::string& path, Checkpoint& checkpoint, Collect collect);

}  // namespace thaw

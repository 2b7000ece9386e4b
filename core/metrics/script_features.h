// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/feature_network.h"

namespace thaw {

/// A TorchScript module as feature network, described by `NAME.json` beside `NAME.pt` (feature_sidecar.h). Grey images
/// are repeated to the network's channels. Without a description the file is taken for an Inception network in the
/// manner of NVIDIA's: float 0..255 at any size in, features [N, 2048] out; what was assumed is in `notes()`, and a
/// file that behaves otherwise is refused. Features of the form [N, D, H, W] are averaged over positions.
///
/// A TorchScript file is a program and is run: open only files you trust, as with any program. It is tried once with an
/// empty image, so that what does not fit is said here.
///
/// Throws FileMissing, FileDamaged (truncated), WrongKind (weights without a program, an output that holds no features,
/// a bad description), NoDevice.
std::unique_ptr<FeatureNetwork> openScriptFeatures(const std::string& path, torch::Device device);

}  // namespace thaw

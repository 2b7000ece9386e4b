// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/gan/backbone.h"

namespace thaw {

/// A TorchScript module as a discriminator's backbone: it returns a list or tuple of feature maps [N, C_l, H_l, H_l],
/// highest resolution first (packaging/export_features.py --maps writes such modules). `NAME.json` beside `NAME.pt`
/// describes it as for feature networks (core/metrics/feature_sidecar.h): `range`, `size`, `channels`; images of another size
/// are resized bilinearly (half-pixel centres, no antialiasing, as published), grey ones repeated. Computes in float.
///
/// A TorchScript file is a program and is run: open only files you trust. It is tried once with an empty image of
/// `resolution` pixels. Throws FileMissing, FileDamaged, WrongKind (weights without a program, an output that is no
/// pyramid of maps, a range without a gradient).
std::unique_ptr<Backbone> openScriptBackbone(const std::string& path, int resolution, torch::Device device);

}  // namespace thaw

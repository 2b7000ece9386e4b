// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace thaw {

/// A file of the embedded model, e.g. `models/fashion-mnist/model.safetensors`, looked up in $THAW_RESOURCES, the
/// installed share/thaw beside the program, and the source tree. Throws FileMissing.
std::string resourceFile(const std::string& name);

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/open_dataset.h"

namespace thaw {

Dataset openDataset(const std::string& path, const std::string& part) {
    return path == "builtin" ? readBuiltinData(part) : readIdx(path, part);
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/source_checksum.h"

#include "core/lab/figure_sources.h"

#include <exception>

namespace thaw {

std::string sourceChecksum(const std::string& path, bool isModel) {
    try {
        return isModel ? modelSource(path, {}).sha256 : dataSource(path, {}).sha256;
    } catch (const std::exception&) {
        return {};
    }
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

namespace thaw {

/// Resident memory of this process in MiB; nothing where the system does not say (it does on Linux).
std::optional<double> residentMiB();

}  // namespace thaw

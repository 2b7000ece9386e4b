// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/measure.h"

#include <nlohmann/json.hpp>

#include <optional>

namespace thaw {

/// {"name": "FD", "kind": "network", "features", "images", "reference", "reference_images", "selection"}: what the number
/// beside it is; `name` is measureName's.
nlohmann::ordered_json measureJson(const Measure& measure);
/// Absent where the value is no such object. `name` is not read, the rest decides it.
std::optional<Measure> measureFromJson(const nlohmann::json& value);

}  // namespace thaw

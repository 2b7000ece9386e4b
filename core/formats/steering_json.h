// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/steering.h"

#include <string>

namespace thaw {

/// {"request":"freeze","plan":"d2o-f","id":"...","host":"...","time":"..."}: `plan` belongs to freeze, `g` and `d` to rate.
std::string toJson(const SteeringRequest& request);
/// Throws Configuration with one sentence that names every problem: no JSON object, an unknown word or field, a field of another
/// type or of another request, an empty plan, rates that are absent, not above 0 or above 1.
SteeringRequest steeringRequestFromJson(const std::string& text);

/// One line. What is absent or not finite is left out.
std::string toJson(const RunStatus& status);

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/measuring.h"

#include <QString>

namespace thaw {

/// A text that is the same for the same measurement. It holds `<tuned>` where the tuned generator is measured, whose
/// weights change while it has no other name.
QString measurementKey(const MeasurementJob& job);
QString measurementKey(const SpectrumRequest& request);

}  // namespace thaw

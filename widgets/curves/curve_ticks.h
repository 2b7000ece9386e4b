// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/base/qcustomplot.h"

#include <QSharedPointer>

namespace thaw {

/// Round numbers written as formatNumber does; on a logarithmic axis decades, with 1, 2, 5 steps within them when few
/// decades are seen, and round numbers again when it is less than half a decade.
QSharedPointer<QCPAxisTicker> curveTicker(bool log);

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>

namespace thaw {

/// The signs on the toolbar.
enum class ActionSign { Open, Play, Pause, Stop, Step };

/// Drawn as vectors in one colour; disabled states are dimmed.
QIcon actionIcon(ActionSign sign, const QColor& colour);

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/base/figure_style.h"

namespace thaw {

/// Says in the middle of an empty view what is missing.
void drawEmptyState(QPainter& painter, const QRectF& area, const QString& text, const FigureStyle& style);

/// A small rounded badge at the top right of `area`: "sampling…".
void drawBadge(QPainter& painter, const QRectF& area, const QString& text, const FigureStyle& style);

double badgeWidth(const QString& text, const FigureStyle& style);  ///< 0 for no text

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>
#include <QPainter>

namespace thaw {

/// The small signs of the window, drawn as vectors at any size and pixel ratio.
enum class Glyph {
    Frozen,
    Thawed,
    PartlyFrozen,
    Fit,
    Follow,
    Export,
    Close,
    Search,
    Expand,
    Collapse,
    Info,
    Warning,
    Error,
    Success,
    Undo,
    Play,
    Pause,
    Add
};

void drawGlyph(QPainter& painter, const QRectF& box, Glyph glyph, const QColor& colour);

/// An icon of one colour; disabled states are dimmed.
QIcon glyphIcon(Glyph glyph, const QColor& colour);

}  // namespace thaw

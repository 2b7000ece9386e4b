// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>

#include <algorithm>

namespace thaw {

/// The part of every block that is seen, the same in all of them: each block's grid is a window on itself, magnified
/// `zoom` times and moved by `offset` (in unmagnified units from the grid's top left).
struct SampleView {
    static constexpr double kMost = 64;

    double zoom = 1;
    QPointF offset;

    bool isWhole() const { return zoom <= 1; }

    /// Where what lies at `at` is seen.
    QRectF shown(const QRectF& at, const QRectF& grid) const {
        return {grid.topLeft() + (at.topLeft() - grid.topLeft() - offset) * zoom, at.size() * zoom};
    }
    /// What lies under a point of the screen.
    QPointF under(const QPointF& seen, const QRectF& grid) const {
        return grid.topLeft() + (seen - grid.topLeft()) / zoom + offset;
    }

    /// Magnifies about a point of the screen, which stays where it is.
    void magnify(double factor, const QPointF& about, const QRectF& grid) {
        const QPointF fixed = under(about, grid);
        zoom = std::clamp(zoom * factor, 1.0, kMost);
        offset = fixed - grid.topLeft() - (about - grid.topLeft()) / zoom;
        keepInside(grid);
    }
    void pan(const QPointF& pixels, const QRectF& grid) {
        offset -= pixels / zoom;
        keepInside(grid);
    }

private:
    void keepInside(const QRectF& grid) {
        const double most = 1 - 1 / zoom;
        offset.setX(std::clamp(offset.x(), 0.0, grid.width() * most));
        offset.setY(std::clamp(offset.y(), 0.0, grid.height() * most));
    }
};

}  // namespace thaw

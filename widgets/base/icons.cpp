// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/base/icons.h"

#include <QIconEngine>
#include <QPainterPath>
#include <QPixmap>

#include <cmath>
#include <numbers>

namespace thaw {
namespace {

// Glyphs are drawn in a 16 × 16 box with 1.4-wide strokes.

void drawCrystal(QPainter& p, int arms) {
    const QPointF centre(8, 8);
    for (int arm = 0; arm < arms; ++arm) {
        const double angle = arm * std::numbers::pi / 3 - std::numbers::pi / 2;
        const QPointF along(std::cos(angle), std::sin(angle)), across(-along.y(), along.x());
        p.drawLine(centre, centre + 6.6 * along);
        p.drawLine(centre + 3.8 * along, centre + 5.6 * along + 1.9 * across);
        p.drawLine(centre + 3.8 * along, centre + 5.6 * along - 1.9 * across);
    }
}

QPainterPath drop() {
    QPainterPath path(QPointF(8, 1.8));
    path.cubicTo({9.4, 4.6}, {12.6, 7.2}, {12.6, 10.2});
    path.cubicTo({12.6, 12.8}, {10.5, 14.6}, {8, 14.6});
    path.cubicTo({5.5, 14.6}, {3.4, 12.8}, {3.4, 10.2});
    path.cubicTo({3.4, 7.2}, {6.6, 4.6}, {8, 1.8});
    return path;
}

void drawBang(QPainter& p, const QColor& colour, double top, double bottom) {
    p.drawLine(QPointF(8, top), QPointF(8, bottom));
    p.save();
    p.setPen(Qt::NoPen);
    p.setBrush(colour);
    p.drawEllipse(QPointF(8, bottom + 2.4), 0.95, 0.95);
    p.restore();
}

class GlyphEngine : public QIconEngine {
public:
    GlyphEngine(Glyph glyph, const QColor& colour) : glyph_(glyph), colour_(colour) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        QColor colour = colour_;
        if (mode == QIcon::Disabled) colour.setAlphaF(0.4f);
        drawGlyph(*painter, rect, glyph_, colour);
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }
    QIconEngine* clone() const override { return new GlyphEngine(*this); }

private:
    Glyph glyph_;
    QColor colour_;
};

}  // namespace

void drawGlyph(QPainter& p, const QRectF& box, Glyph glyph, const QColor& colour) {
    const double side = std::min(box.width(), box.height());
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    p.translate(box.center() - QPointF(side, side) / 2);
    p.scale(side / 16, side / 16);
    p.setPen(QPen(colour, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    p.setBrush(Qt::NoBrush);
    switch (glyph) {
    case Glyph::Frozen: drawCrystal(p, 6); break;
    case Glyph::Thawed:
        p.setBrush(colour);
        p.drawPath(drop());
        break;
    case Glyph::PartlyFrozen: {
        // The right half is water, the left half ice.
        p.drawPath(drop());
        p.setPen(Qt::NoPen);
        p.setBrush(colour);
        QPainterPath half;
        half.addRect(8, 0, 8, 16);
        p.drawPath(drop().intersected(half));
        break;
    }
    case Glyph::Fit:
        for (const auto& [x, y] : {std::pair(1, 1), {-1, 1}, {1, -1}, {-1, -1}}) {
            const QPointF corner(8 + 5.5 * x, 8 + 5.5 * y);
            p.drawPolyline(QPolygonF({corner - QPointF(3.4 * x, 0), corner, corner - QPointF(0, 3.4 * y)}));
        }
        break;
    case Glyph::Follow:
        p.drawLine(QPointF(2.5, 8), QPointF(10.5, 8));
        p.drawPolyline(QPolygonF({{7.6, 4.8}, {10.8, 8}, {7.6, 11.2}}));
        p.drawLine(QPointF(13.4, 3.2), QPointF(13.4, 12.8));
        break;
    case Glyph::Export:
        p.drawPolyline(QPolygonF({{2.8, 9.6}, {2.8, 13.4}, {13.2, 13.4}, {13.2, 9.6}}));
        p.drawLine(QPointF(8, 2.4), QPointF(8, 9.8));
        p.drawPolyline(QPolygonF({{4.9, 5.4}, {8, 2.3}, {11.1, 5.4}}));
        break;
    case Glyph::Close:
        p.drawLine(QPointF(4.4, 4.4), QPointF(11.6, 11.6));
        p.drawLine(QPointF(11.6, 4.4), QPointF(4.4, 11.6));
        break;
    case Glyph::Search:
        p.drawEllipse(QPointF(6.8, 6.8), 4.2, 4.2);
        p.drawLine(QPointF(10, 10), QPointF(13.6, 13.6));
        break;
    case Glyph::Expand: p.drawPolyline(QPolygonF({{6, 4}, {10, 8}, {6, 12}})); break;
    case Glyph::Collapse: p.drawPolyline(QPolygonF({{4, 6}, {8, 10}, {12, 6}})); break;
    case Glyph::Info:
        p.drawEllipse(QPointF(8, 8), 6.2, 6.2);
        p.drawLine(QPointF(8, 7.4), QPointF(8, 11.2));
        p.setPen(Qt::NoPen);
        p.setBrush(colour);
        p.drawEllipse(QPointF(8, 4.9), 0.95, 0.95);
        break;
    case Glyph::Warning:
        p.drawPolygon(QPolygonF({{8, 2.2}, {14.4, 13.4}, {1.6, 13.4}}));
        drawBang(p, colour, 6.4, 9.2);
        break;
    case Glyph::Error:
        p.drawEllipse(QPointF(8, 8), 6.2, 6.2);
        drawBang(p, colour, 4.6, 8.6);
        break;
    case Glyph::Success:
        p.drawEllipse(QPointF(8, 8), 6.2, 6.2);
        p.drawPolyline(QPolygonF({{5.2, 8.3}, {7.2, 10.3}, {10.9, 6}}));
        break;
    case Glyph::Play:
        p.setBrush(colour);
        p.drawPolygon(QPolygonF({{5, 3.5}, {12.5, 8}, {5, 12.5}}));
        break;
    case Glyph::Pause:
        p.drawLine(QPointF(5.5, 4), QPointF(5.5, 12));
        p.drawLine(QPointF(10.5, 4), QPointF(10.5, 12));
        break;
    case Glyph::Add:
        p.drawLine(QPointF(8, 3.5), QPointF(8, 12.5));
        p.drawLine(QPointF(3.5, 8), QPointF(12.5, 8));
        break;
    case Glyph::Undo:
        p.drawPolyline(QPolygonF({{6, 2.8}, {2.8, 6}, {6, 9.2}}));
        {
            QPainterPath path(QPointF(3, 6));
            path.lineTo(9.6, 6);
            path.cubicTo({14.6, 6}, {14.6, 13.2}, {9.6, 13.2});
            path.lineTo(6.5, 13.2);
            p.drawPath(path);
        }
        break;
    }
    p.restore();
}

QIcon glyphIcon(Glyph glyph, const QColor& colour) { return QIcon(new GlyphEngine(glyph, colour)); }

}  // namespace thaw

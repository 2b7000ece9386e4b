// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/action_icons.h"

#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>

namespace thaw {
namespace {

constexpr double kDimmed = 0.4;

// In a box of 16 × 16 units.
QPainterPath shapeOf(ActionSign sign) {
    QPainterPath path;
    const auto triangle = [&](double left, double right) {
        path.moveTo(left, 3);
        path.lineTo(right, 8);
        path.lineTo(left, 13);
        path.closeSubpath();
    };
    switch (sign) {
    case ActionSign::Open:
        path.moveTo(1.5, 13);
        path.lineTo(1.5, 3.5);
        path.lineTo(6, 3.5);
        path.lineTo(7.5, 5);
        path.lineTo(13, 5);
        path.lineTo(13, 7);
        path.moveTo(1.5, 13);
        path.lineTo(4, 7);
        path.lineTo(15, 7);
        path.lineTo(12.5, 13);
        path.closeSubpath();
        break;
    case ActionSign::Play: triangle(4, 13); break;
    case ActionSign::Pause:
        path.addRoundedRect(4, 3, 3, 10, 0.8, 0.8);
        path.addRoundedRect(9, 3, 3, 10, 0.8, 0.8);
        break;
    case ActionSign::Stop: path.addRoundedRect(3.5, 3.5, 9, 9, 1, 1); break;
    case ActionSign::Step:
        triangle(3, 10);
        path.addRoundedRect(11, 3, 2, 10, 0.6, 0.6);
        break;
    }
    return path;
}

class SignEngine : public QIconEngine {
public:
    SignEngine(ActionSign sign, const QColor& colour) : sign_(sign), colour_(colour) {}

    void paint(QPainter* painter, const QRect& box, QIcon::Mode mode, QIcon::State) override {
        QColor ink = colour_;
        if (mode == QIcon::Disabled) ink.setAlphaF(float(kDimmed));
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->translate(box.topLeft());
        painter->scale(box.width() / 16.0, box.height() / 16.0);
        if (sign_ == ActionSign::Open)
            painter->strokePath(shapeOf(sign_), QPen(ink, 1.3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        else painter->fillPath(shapeOf(sign_), ink);
        painter->restore();
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap picture(size);
        picture.fill(Qt::transparent);
        QPainter painter(&picture);
        paint(&painter, {{}, size}, mode, state);
        return picture;
    }
    QIconEngine* clone() const override { return new SignEngine(*this); }

private:
    ActionSign sign_;
    QColor colour_;
};

}  // namespace

QIcon actionIcon(ActionSign sign, const QColor& colour) { return QIcon(new SignEngine(sign, colour)); }

}  // namespace thaw

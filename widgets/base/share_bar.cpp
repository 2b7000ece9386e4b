// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/base/share_bar.h"

#include "widgets/base/theme.h"

#include <QPainter>

#include <algorithm>

namespace thaw {

void drawShare(QPainter& painter, const QRectF& box, double share, const QPalette& palette) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const double radius = box.height() / 2, gap = 2;
    const bool both = share > 0 && share < 1;
    // A sliver stays visible however small its share.
    const double room = both ? box.width() - gap : box.width();
    const double frozen = both ? std::clamp(share * room, 2.0, room - 2.0) : share * room;
    if (frozen > 0) {
        painter.setBrush(frozenColour(palette));
        painter.drawRoundedRect(QRectF(box.topLeft(), QSizeF(frozen, box.height())), radius, radius);
    }
    if (frozen < room) {
        painter.setBrush(thawedColour(palette));
        const double left = box.left() + frozen + (both ? gap : 0);
        painter.drawRoundedRect(QRectF(QPointF(left, box.top()), QPointF(box.right(), box.bottom())), radius, radius);
    }
    painter.restore();
}

ShareBar::ShareBar(QWidget* parent) : QWidget(parent) { setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed); }

void ShareBar::setShare(double share) {
    share_ = std::clamp(share, 0.0, 1.0);
    update();
}

void ShareBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    drawShare(painter, rect(), share_, palette());
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/base/empty_state.h"

#include "widgets/base/theme.h"

#include <QPainter>

#include <algorithm>

namespace thaw {

void drawEmptyState(QPainter& painter, const QRectF& area, const QString& text, const FigureStyle& style) {
    QFont font = style.font;
    const auto broken = [&](double margin) { return brokenLines(text, font, std::min(area.width() - margin, 320.0)); };
    QStringList lines = broken(4 * kGrid);
    const auto tooTall = [&] { return double(lines.size()) * lineHeight(font) * 1.15 > area.height(); };
    if (tooTall()) {
        font = style.small();
        lines = broken(kGrid);
    }
    // What has no room even then is cut and says so.
    const auto room = std::max(1, int(area.height() / (lineHeight(font) * 1.15)));
    if (tooTall()) lines = lines.mid(0, room - 1) << QStringLiteral("…");
    const double line = lineHeight(font) * 1.15;
    double y = area.center().y() - double(lines.size()) * line / 2;
    for (const QString& part : lines) {
        drawLine(painter, QRectF(area.left(), y, area.width(), line), Qt::AlignHCenter, part, font, style.muted);
        y += line;
    }
}

double badgeWidth(const QString& text, const FigureStyle& style) {
    return text.isEmpty() ? 0 : textWidth(style.small(), text) + 2 * kGrid;
}

void drawBadge(QPainter& painter, const QRectF& area, const QString& text, const FigureStyle& style) {
    if (text.isEmpty()) return;
    const QFont font = style.small();
    const double height = lineHeight(font) + 4, width = badgeWidth(text, style);
    const QRectF box(area.right() - width, area.top(), width, height);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(style.palette.color(QPalette::Highlight));
    painter.drawRoundedRect(box, height / 2, height / 2);
    drawLine(painter, box, Qt::AlignHCenter | Qt::AlignVCenter, text, font,
             style.palette.color(QPalette::HighlightedText));
    painter.restore();
}

}  // namespace thaw

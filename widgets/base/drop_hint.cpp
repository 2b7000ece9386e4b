// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/base/drop_hint.h"

#include "widgets/base/icons.h"
#include "widgets/base/theme.h"

#include <QEvent>
#include <QFontMetrics>
#include <QPainter>
#include <QPolygonF>

namespace thaw {
namespace {

constexpr int kCardWidth = 56 * kGrid;

void drawIntoTray(QPainter& painter, const QRectF& box, const QColor& colour) {
    const auto at = [&](double x, double y) {
        return QPointF(box.left() + x * box.width(), box.top() + y * box.height());
    };
    painter.setPen(QPen(colour, 2.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawLine(at(0.5, 0.06), at(0.5, 0.62));
    painter.drawPolyline(QPolygonF{at(0.28, 0.4), at(0.5, 0.62), at(0.72, 0.4)});
    painter.drawPolyline(QPolygonF{at(0.08, 0.62), at(0.08, 0.92), at(0.92, 0.92), at(0.92, 0.62)});
}

}  // namespace

DropHint::DropHint(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("dropHint"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_NoSystemBackground);
    parent->installEventFilter(this);
    hide();
}

void DropHint::showWelcome(const QString& what, const QString& detail) { present(false, what, detail); }
void DropHint::showRefusal(const QString& why, const QString& detail) { present(true, why, detail); }

void DropHint::present(bool refusal, const QString& headline, const QString& detail) {
    refusal_ = refusal;
    headline_ = headline;
    // Names of files can be long, and a name has no place to break.
    QStringList lines = detail.split(QLatin1Char('\n'));
    for (QString& line : lines) line = fontMetrics().elidedText(line, Qt::ElideMiddle, kCardWidth - 6 * kGrid);
    detail_ = lines.join(QLatin1Char('\n'));
    setAccessibleName(headline);
    setAccessibleDescription(detail);
    setGeometry(parentWidget()->rect());
    raise();
    show();
    update();
}

bool DropHint::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parent() && event->type() == QEvent::Resize) setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(watched, event);
}

void DropHint::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor veil = palette().color(QPalette::Window);
    veil.setAlpha(210);
    painter.fillRect(rect(), veil);

    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    bold.setPointSizeF(font().pointSizeF() * 1.3);
    const int text = kCardWidth - 6 * kGrid;
    const QFontMetrics large(bold), small(font());
    const int flags = Qt::AlignHCenter | Qt::TextWordWrap;
    const int headHeight = large.boundingRect(0, 0, text, 1000, flags, headline_).height();
    const int detailHeight = small.boundingRect(0, 0, text, 1000, flags, detail_).height();
    const int height = 3 * kGrid + 32 + 2 * kGrid + headHeight + kGrid + detailHeight + 3 * kGrid;
    const QRectF card(width() / 2.0 - kCardWidth / 2.0, this->height() / 2.0 - height / 2.0, kCardWidth, height);

    const QColor colour = refusal_ ? warningColour(palette()) : accentColour(palette());
    painter.setBrush(palette().color(QPalette::Base));
    painter.setPen(QPen(colour, 2, refusal_ ? Qt::SolidLine : Qt::DashLine));
    painter.drawRoundedRect(card, kGrid, kGrid);

    double y = card.top() + 3 * kGrid;
    const QRectF sign(card.center().x() - 16, y, 32, 32);
    if (refusal_) drawGlyph(painter, sign, Glyph::Warning, colour);
    else drawIntoTray(painter, sign, colour);
    y += 32 + 2 * kGrid;
    painter.setPen(palette().color(QPalette::WindowText));
    painter.setFont(bold);
    painter.drawText(QRectF(card.left() + 3 * kGrid, y, text, headHeight), flags, headline_);
    y += headHeight + kGrid;
    painter.setFont(font());
    painter.setPen(mutedColour(palette()));
    painter.drawText(QRectF(card.left() + 3 * kGrid, y, text, detailHeight), flags, detail_);
}

}  // namespace thaw

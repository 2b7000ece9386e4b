// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/base/number_text.h"
#include "widgets/base/theme.h"
#include "widgets/curves/curve_plot_impl.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>

#include <algorithm>
#include <cmath>
#include <utility>

namespace thaw {

bool CurvePlot::Impl::handle(QEvent* event) {
    switch (event->type()) {
    case QEvent::Resize:
        empty->setGeometry(plot->rect());
        schedule();
        return false;
    case QEvent::MouseMove: {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        const QPointF at = mouse->position();
        if (mouse->buttons() == Qt::NoButton) {
            if (plot->axisRect()->rect().contains(at.toPoint())) moveCursor(plot->xAxis->pixelToCoord(at.x()));
            else leave();
        }
        return false;
    }
    case QEvent::Leave: leave(); return false;
    case QEvent::MouseButtonPress: {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        plot->setSelectionRectMode(mouse->modifiers() & Qt::ShiftModifier ? QCP::srmZoom : QCP::srmNone);
        if (mouse->button() == Qt::LeftButton && !mouse->modifiers()) pressed = mouse->pos();
        return false;
    }
    case QEvent::MouseButtonRelease: {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        const auto from = std::exchange(pressed, std::nullopt);
        // A click, not the end of a drag.
        if (from && (mouse->pos() - *from).manhattanLength() < QApplication::startDragDistance() && cursor) {
            const bool again =
                pin && std::abs(plot->xAxis->coordToPixel(*pin) - plot->xAxis->coordToPixel(*cursor)) < 3;
            setPin(again ? std::nullopt : cursor, false);
        }
        return false;
    }
    case QEvent::MouseButtonDblClick:
        setPin(std::nullopt, false);  // the first click's
        owner.fit();
        return true;
    case QEvent::Wheel: {
        const auto* wheel = static_cast<QWheelEvent*>(event);
        QList<QCPAxis*> axes{plot->xAxis, plot->yAxis};
        if (wheel->modifiers() & Qt::ControlModifier) axes = {plot->yAxis};
        else if (wheel->modifiers() & Qt::ShiftModifier) axes = {plot->xAxis};
        plot->axisRect()->setRangeZoomAxes(axes);
        return false;
    }
    case QEvent::KeyPress: return handleKey(static_cast<QKeyEvent*>(event));
    default: return false;
    }
}

bool CurvePlot::Impl::handleKey(QKeyEvent* key) {
    const int stride = key->modifiers() & Qt::ControlModifier ? 20 : 1;
    if (key->matches(QKeySequence::Copy)) {
        if (!readout.isEmpty()) QApplication::clipboard()->setText(readout);
        return true;
    }
    switch (key->key()) {
    case Qt::Key_Left: stepCursor(-stride); return true;
    case Qt::Key_Right: stepCursor(stride); return true;
    case Qt::Key_Home:
        if (const Series* s = longest()) moveCursor(s->raw.x().front());
        return true;
    case Qt::Key_End:
        owner.setFollowLatest(true);
        draw(true);
        if (const Series* s = longest()) moveCursor(s->raw.x().back());
        return true;
    case Qt::Key_Plus:
    case Qt::Key_Equal: zoom(0.8); return true;
    case Qt::Key_Minus: zoom(1.25); return true;
    case Qt::Key_F:
    case Qt::Key_0: owner.fit(); return true;
    case Qt::Key_L: owner.setLogY(!logY); return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (cursor) setPin(pin == cursor ? std::nullopt : cursor, false);
        return true;
    case Qt::Key_Escape:
        if (!cursor && !pin) return false;
        if (cursor) leave();
        else setPin(std::nullopt, false);
        return true;
    default: return false;
    }
}

void CurvePlot::Impl::zoom(double factor) {
    if (isEmpty()) return;
    const double centre = cursor ? *cursor : plot->xAxis->range().center();
    plot->xAxis->scaleRange(factor, centre);
    plot->yAxis->scaleRange(factor);
}

const CurvePlot::Impl::Series* CurvePlot::Impl::longest() const {
    const Series* best = nullptr;
    for (const auto& s : series)
        if (s->visible && !isAside(s->kind) && !s->raw.empty() && (!best || s->raw.size() > best->raw.size()))
            best = s.get();
    return best;
}

void CurvePlot::Impl::stepCursor(int steps) {
    const Series* s = longest();
    if (!s) return;
    // The first key press reads the latest point.
    if (!cursor) return moveCursor(s->raw.x().back());
    const auto at = std::ptrdiff_t(s->raw.nearest(*cursor)) + steps;
    moveCursor(s->raw.x()[std::size_t(std::clamp<std::ptrdiff_t>(at, 0, std::ptrdiff_t(s->raw.size()) - 1))]);
}

void CurvePlot::Impl::moveCursor(double x, bool told) {
    const Series* guide = nullptr;
    for (const auto& s : series) {
        if (!s->visible || s->raw.empty() || isAside(s->kind)) continue;
        const auto distance = [&](const Series& other) { return std::abs(other.raw.x()[other.raw.nearest(x)] - x); };
        if (!guide || distance(*s) < distance(*guide)) guide = s.get();
    }
    if (!guide) return leave(told);
    // Told by a linked plot, the line stands where it stands there; the read-out says how far off the nearest point is.
    cursor = told ? x : guide->raw.x()[guide->raw.nearest(x)];
    crosshair->point1->setCoords(*cursor, 0);
    crosshair->point2->setCoords(*cursor, 1);
    crosshair->setVisible(true);
    for (std::size_t i = 0; i < series.size(); ++i) {
        const Series& s = *series[i];
        dots[i]->setVisible(s.visible && !isAside(s.kind) && !s.raw.empty());
        if (!dots[i]->visible()) continue;
        const std::size_t at = s.raw.nearest(*cursor);
        const SeriesPyramid& shown = s.smooth.empty() ? s.raw : s.smooth;
        dots[i]->position->setCoords(shown.x()[at], shown.y()[at]);
        if (!std::isfinite(shown.y()[at])) dots[i]->setVisible(false);
    }
    plot->layer(QStringLiteral("pointer"))->replot();

    bubble->setText(readoutAt(*cursor, true));
    bubble->adjustSize();
    // Beside the pointer's half, so that it never covers what is read.
    const QRect room = plot->axisRect()->rect();
    const bool right = plot->xAxis->coordToPixel(*cursor) < room.center().x();
    bubble->move(right ? room.right() - bubble->width() - 4 : room.left() + 4, room.top() + 4);
    bubble->show();
    const QString text = readoutAt(*cursor, false);
    if (!told)
        for (const auto& other : companions)
            if (other && other->isVisible()) other->impl_->moveCursor(*cursor, true);
    if (text == readout) return;
    readout = text;
    describe();
    if (!told) Q_EMIT owner.hovered(readout);
}

void CurvePlot::Impl::leave(bool told) {
    if (!told)
        for (const auto& other : companions)
            if (other) other->impl_->leave(true);
    if (!cursor) return;
    cursor.reset();
    crosshair->setVisible(false);
    for (auto* dot : dots) dot->setVisible(false);
    plot->layer(QStringLiteral("pointer"))->replot();
    bubble->hide();
    readout.clear();
    describe();
    if (!told) Q_EMIT owner.hovered({});
}

void CurvePlot::Impl::setPin(std::optional<double> x, bool told) {
    if (x == pin) return;
    pin = x;
    pinLine->setVisible(pin.has_value());
    if (pin) {
        pinLine->point1->setCoords(*pin, 0);
        pinLine->point2->setCoords(*pin, 1);
    }
    plot->layer(QStringLiteral("pointer"))->replot();
    if (cursor) moveCursor(*cursor, told);
    if (told) return;
    for (const auto& other : companions)
        if (other) other->impl_->setPin(x, true), Q_EMIT other->pinChanged(x);
    Q_EMIT owner.pinChanged(x);
}

// Smoothed and raw value of the nearest point, where it is if not at x, and how far it is from the pinned one.
QString CurvePlot::Impl::valueAt(const Series& s, double x) const {
    const std::size_t at = s.raw.nearest(x);
    const SeriesPyramid& shown = s.smooth.empty() ? s.raw : s.smooth;
    QString value = formatNumber(shown.y()[at]);
    if (!s.smooth.empty()) value = CurvePlot::tr("%1 (raw %2)").arg(value, formatNumber(s.raw.y()[at]));
    if (s.raw.x()[at] != x) value = CurvePlot::tr("%1 at %2").arg(value, formatNumber(s.raw.x()[at]));
    if (pin) {
        const double difference = shown.y()[at] - shown.y()[s.raw.nearest(*pin)];
        //: difference to the value at the pinned crosshair
        if (difference != 0)
            value += CurvePlot::tr(", Δ %1").arg((difference > 0 ? QStringLiteral("+") : QString()) +
                                                 formatNumber(difference, 3));
    }
    return value;
}

QString CurvePlot::Impl::readoutAt(double x, bool rich) const {
    const QString where = formatQuantity(x, xLabel);
    const QString muted = mutedColour(owner.palette()).name();
    QStringList plain{where};
    QString rows = QStringLiteral("<tr><td colspan=2 style='color:%1'>%2</td></tr>").arg(muted, where.toHtmlEscaped());
    for (std::size_t i = 0; i < series.size(); ++i) {
        const Series& s = *series[i];
        if (!s.visible || s.raw.empty() || isAside(s.kind)) continue;
        const std::size_t at = s.raw.nearest(x);
        const QString value = valueAt(s, x);
        const QString note = qsizetype(at) < s.notes.size() ? s.notes[qsizetype(at)] : QString();
        plain << QStringLiteral("%1 %2").arg(s.name, value) +
                     (note.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(note));
        rows += QStringLiteral("<tr><td style='color:%1'>%2&nbsp;</td><td>%3</td></tr>")
                    .arg(canvas.colour(int(i)).name(), s.name.toHtmlEscaped(), value.toHtmlEscaped());
        if (!note.isEmpty())
            rows += QStringLiteral("<tr><td colspan=2 style='color:%1'>%2</td></tr>").arg(muted, note.toHtmlEscaped());
    }
    return rich ? QStringLiteral("<table cellspacing=0 cellpadding=0>%1</table>").arg(rows)
                : plain.join(QStringLiteral(" · "));
}

void CurvePlot::Impl::userMoved() {
    // On a logarithmic axis nothing lies below zero; QCustomPlot would flip the range to the negative side.
    const auto keepPositive = [](QCPAxis* axis) {
        if (axis->scaleType() == QCPAxis::stLogarithmic && axis->range().lower <= 0)
            axis->setRangeLower(axis->range().upper * 1e-6);
    };
    fitting = true;
    keepPositive(plot->xAxis);
    keepPositive(plot->yAxis);
    fitting = false;
    owner.setFollowLatest(false);
    for (const auto& other : companions)
        if (other) other->showWindow(plot->xAxis->range().lower, plot->xAxis->range().upper);
    schedule();
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/base/calm_style.h"

#include "widgets/base/icons.h"
#include "widgets/base/theme.h"

#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>

namespace thaw {
namespace {

constexpr double kRadius = 4;

bool isOn(const QStyleOption& option, QStyle::StateFlag flag) { return option.state & flag; }

// Darker than a separator: the outline of something that can be used has 3:1 against the ground.
QColor outline(const QStyleOption& option) {
    if (!isOn(option, QStyle::State_Enabled)) return lineColour(option.palette);
    if (isOn(option, QStyle::State_HasFocus)) return accentColour(option.palette);
    if (isOn(option, QStyle::State_MouseOver)) return mutedColour(option.palette);
    return isDark(option.palette) ? QColor("#6C747C") : QColor("#8B939B");
}

void drawBox(QPainter& painter, const QRect& rect, const QColor& fill, const QColor& edge, double radius = kRadius) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(edge, 1));
    painter.setBrush(fill);
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    painter.restore();
}

QColor ground(const QStyleOption& option, QPalette::ColorRole role) {
    return option.palette.color(isOn(option, QStyle::State_Enabled) ? role : QPalette::Window);
}

void drawCheck(const QStyleOption& option, QPainter& painter) {
    const int side = std::min({option.rect.width(), option.rect.height(), 15});
    QRect box(0, 0, side, side);
    box.moveCenter(option.rect.center());
    const bool on = isOn(option, QStyle::State_On), part = isOn(option, QStyle::State_NoChange);
    const bool enabled = isOn(option, QStyle::State_Enabled);
    const QColor mark = enabled ? accentColour(option.palette) : mutedColour(option.palette);
    drawBox(painter, box, on ? mark : ground(option, QPalette::Base), on || part ? mark : outline(option), 3);
    // A box that is on has the accent already: a ring around it says that it has the focus.
    if (isOn(option, QStyle::State_HasFocus))
        drawBox(painter, box.adjusted(-2, -2, 2, 2), Qt::transparent, accentColour(option.palette), 5);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF centre = QRectF(box).center();
    if (on) {
        painter.setPen(QPen(option.palette.color(QPalette::Base), 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(
            QPolygonF({centre + QPointF(-3.4, 0.2), centre + QPointF(-1, 2.7), centre + QPointF(3.5, -2.6)}));
    } else if (part) {
        painter.setPen(QPen(mark, 2, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(centre + QPointF(-2.8, 0), centre + QPointF(2.8, 0));
    }
    painter.restore();
}

void drawChevron(QPainter& painter, const QRectF& box, bool up, const QColor& colour) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const double tip = up ? -1.6 : 1.6;
    const QPointF c = box.center();
    painter.drawPolyline(QPolygonF({c + QPointF(-3.2, -tip), c + QPointF(0, tip), c + QPointF(3.2, -tip)}));
    painter.restore();
}

QColor signColour(const QStyleOption& option) {
    return isOn(option, QStyle::State_Enabled) ? mutedColour(option.palette) : lineColour(option.palette);
}

}  // namespace

CalmStyle::CalmStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

void CalmStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                              const QWidget* widget) const {
    switch (element) {
    case PE_PanelLineEdit:
        if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option); frame && frame->lineWidth > 0) {
            drawBox(*painter, option->rect, ground(*option, QPalette::Base), outline(*option));
            return;
        }
        break;
    case PE_FrameLineEdit: drawBox(*painter, option->rect, Qt::transparent, outline(*option)); return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck: drawCheck(*option, *painter); return;
    case PE_IndicatorBranch:
        if (isOn(*option, State_Children)) {
            QRectF box(0, 0, 12, 12);
            box.moveCenter(QRectF(option->rect).center());
            drawGlyph(*painter, box, isOn(*option, State_Open) ? Glyph::Collapse : Glyph::Expand,
                      mutedColour(option->palette));
        }
        return;
    default: break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void CalmStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                                   const QWidget* widget) const {
    if (control == CC_ComboBox) {
        if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option)) {
            if (combo->frame)
                drawBox(*painter, option->rect, ground(*option, combo->editable ? QPalette::Base : QPalette::Button),
                        outline(*option));
            const QRect arrow = proxy()->subControlRect(CC_ComboBox, option, SC_ComboBoxArrow, widget);
            drawChevron(*painter, arrow, false, signColour(*option));
            return;
        }
    }
    if (control == CC_SpinBox)
        if (const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option))
            return drawSpinBox(*spin, *painter, widget);
    if (control == CC_Slider)
        if (const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option);
            slider && slider->tickPosition == QSlider::NoTicks)
            return drawSlider(*slider, *painter, widget);
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

void CalmStyle::drawSpinBox(const QStyleOptionSpinBox& option, QPainter& painter, const QWidget* widget) const {
    if (option.frame) drawBox(painter, option.rect, ground(option, QPalette::Base), outline(option));
    if (option.buttonSymbols == QAbstractSpinBox::NoButtons) return;
    const auto arrow = [&](SubControl part, QAbstractSpinBox::StepEnabledFlag can, bool up) {
        const QRect box = proxy()->subControlRect(CC_SpinBox, &option, part, widget);
        drawChevron(painter, box, up, option.stepEnabled & can ? signColour(option) : lineColour(option.palette));
    };
    arrow(SC_SpinBoxUp, QAbstractSpinBox::StepUpEnabled, true);
    arrow(SC_SpinBoxDown, QAbstractSpinBox::StepDownEnabled, false);
}

void CalmStyle::drawSlider(const QStyleOptionSlider& option, QPainter& painter, const QWidget* widget) const {
    const QRectF groove = proxy()->subControlRect(CC_Slider, &option, SC_SliderGroove, widget);
    const QRectF handle = proxy()->subControlRect(CC_Slider, &option, SC_SliderHandle, widget);
    const bool horizontal = option.orientation == Qt::Horizontal;
    const bool enabled = isOn(option, State_Enabled);
    const QPointF centre = handle.center();
    constexpr double kThick = 3, kKnob = 6;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const auto bar = [&](double from, double to, const QColor& colour) {
        painter.setBrush(colour);
        const QRectF box = horizontal ? QRectF(from, groove.center().y() - kThick / 2, to - from, kThick)
                                      : QRectF(groove.center().x() - kThick / 2, from, kThick, to - from);
        painter.drawRoundedRect(box, kThick / 2, kThick / 2);
    };
    const double start = horizontal ? groove.left() : groove.top(), end = horizontal ? groove.right() : groove.bottom();
    const double at = horizontal ? centre.x() : centre.y();
    const QColor filled = enabled ? accentColour(option.palette) : lineColour(option.palette);
    bar(start, end, lineColour(option.palette));
    // `upsideDown` puts the small values at the far end.
    if (option.upsideDown) bar(at, end, filled);
    else bar(start, at, filled);
    painter.setPen(QPen(isOn(option, State_HasFocus) ? accentColour(option.palette) : outline(option), 1.2));
    painter.setBrush(option.palette.color(enabled ? QPalette::Base : QPalette::Window));
    painter.drawEllipse(centre, kKnob, kKnob);
    painter.restore();
}

int CalmStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
    if (metric == PM_IndicatorWidth || metric == PM_IndicatorHeight) return 20;  // 15, and room for the ring
    return QProxyStyle::pixelMetric(metric, option, widget);
}

QIcon CalmStyle::standardIcon(StandardPixmap icon, const QStyleOption* option, const QWidget* widget) const {
    // A field keeps the icon it was made with, so its grey has to do on both grounds.
    if (icon == SP_LineEditClearButton) return glyphIcon(Glyph::Close, QColor("#7E868E"));
    return QProxyStyle::standardIcon(icon, option, widget);
}

}  // namespace thaw

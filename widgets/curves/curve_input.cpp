// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/curves/curve_input.h"

#include "widgets/base/qcustomplot.h"
#include "widgets/curves/curve_cursor.h"
#include "widgets/curves/curve_window.h"

#include <QApplication>
#include <QClipboard>

#include <utility>

namespace thaw {
namespace {

constexpr double kSamePin = 3;  // pixels
constexpr int kLongStride = 20;

}  // namespace

CurveInput::CurveInput(QCustomPlot& plot, const CurveStore& store, CurveWindow& window, CurveCursor& cursor)
    : plot_(plot), store_(store), window_(window), cursor_(cursor) {
    plot_.installEventFilter(this);
}

bool CurveInput::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
    case QEvent::MouseMove: hover(*static_cast<QMouseEvent*>(event)); return false;
    case QEvent::Leave: cursor_.leave(); return false;
    case QEvent::MouseButtonPress: {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        plot_.setSelectionRectMode(mouse->modifiers() & Qt::ShiftModifier ? QCP::srmZoom : QCP::srmNone);
        if (mouse->button() == Qt::LeftButton && !mouse->modifiers()) pressed_ = mouse->pos();
        return false;
    }
    case QEvent::MouseButtonRelease: release(*static_cast<QMouseEvent*>(event)); return false;
    case QEvent::MouseButtonDblClick:
        cursor_.setPin(std::nullopt);  // the first click's
        Q_EMIT fitRequested();
        return true;
    case QEvent::Wheel: {
        const auto* wheel = static_cast<QWheelEvent*>(event);
        const bool onlyY = wheel->modifiers() & Qt::ControlModifier;
        const bool onlyX = !onlyY && wheel->modifiers() & Qt::ShiftModifier;
        window_.setWheelAxes(!onlyY, !onlyX);
        return false;
    }
    case QEvent::KeyPress: return pressKey(*static_cast<QKeyEvent*>(event));
    default: return QObject::eventFilter(watched, event);
    }
}

void CurveInput::hover(const QMouseEvent& mouse) {
    if (mouse.buttons() != Qt::NoButton) return;
    if (!plot_.axisRect()->rect().contains(mouse.position().toPoint())) return cursor_.leave();
    cursor_.moveTo(plot_.xAxis->pixelToCoord(mouse.position().x()));
}

void CurveInput::release(const QMouseEvent& mouse) {
    const auto from = std::exchange(pressed_, std::nullopt);
    // A click, not the end of a drag.
    if (from && (mouse.pos() - *from).manhattanLength() < QApplication::startDragDistance())
        cursor_.togglePin(kSamePin);
}

bool CurveInput::pressKey(const QKeyEvent& key) {
    const int stride = key.modifiers() & Qt::ControlModifier ? kLongStride : 1;
    if (key.matches(QKeySequence::Copy)) {
        if (!cursor_.readout().isEmpty()) QApplication::clipboard()->setText(cursor_.readout());
        return true;
    }
    switch (key.key()) {
    case Qt::Key_Left: cursor_.step(-stride); return true;
    case Qt::Key_Right: cursor_.step(stride); return true;
    case Qt::Key_Home:
        if (const StoredCurve* curve = store_.longest()) cursor_.moveTo(curve->raw.x().front());
        return true;
    case Qt::Key_End:
        Q_EMIT fitRequested();
        if (const StoredCurve* curve = store_.longest()) cursor_.moveTo(curve->raw.x().back());
        return true;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        if (!store_.empty()) window_.zoom(0.8, cursor_.x());
        return true;
    case Qt::Key_Minus:
        if (!store_.empty()) window_.zoom(1.25, cursor_.x());
        return true;
    case Qt::Key_F:
    case Qt::Key_0: Q_EMIT fitRequested(); return true;
    case Qt::Key_L: Q_EMIT logYToggled(); return true;
    case Qt::Key_Return:
    case Qt::Key_Enter: cursor_.togglePin(0); return true;
    case Qt::Key_Escape:
        if (!cursor_.x() && !cursor_.pin()) return false;
        if (cursor_.x()) cursor_.leave();
        else cursor_.setPin(std::nullopt);
        return true;
    default: return false;
    }
}

}  // namespace thaw

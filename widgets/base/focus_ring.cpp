// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/base/focus_ring.h"

#include "widgets/base/theme.h"

#include <QFocusEvent>
#include <QPainter>

namespace thaw {

FocusRing::FocusRing(QWidget* target) : QWidget(target) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    target->installEventFilter(this);
    hide();
}

bool FocusRing::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
    case QEvent::FocusIn: {
        const auto reason = static_cast<const QFocusEvent*>(event)->reason();
        setGeometry(parentWidget()->rect());
        raise();
        setVisible(reason != Qt::MouseFocusReason && reason != Qt::ActiveWindowFocusReason &&
                   reason != Qt::PopupFocusReason);
        break;
    }
    case QEvent::FocusOut: hide(); break;
    case QEvent::Resize: setGeometry(parentWidget()->rect()); break;
    default: break;
    }
    return QWidget::eventFilter(watched, event);
}

void FocusRing::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setPen(QPen(accentColour(palette()), 1));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/base/stale_veil.h"

#include "widgets/base/empty_state.h"
#include "widgets/base/figure_style.h"
#include "widgets/base/theme.h"

#include <QEvent>
#include <QPainter>
#include <QTimer>

namespace thaw {
namespace {

constexpr float kVeil = 0.62f;

}  // namespace

StaleVeil::StaleVeil(QWidget* over) : QWidget(over), patience_(new QTimer(this)) {
    setObjectName(QStringLiteral("staleVeil"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    setGeometry(over->rect());
    over->installEventFilter(this);
    patience_->setSingleShot(true);
    patience_->setInterval(kPatienceMs);
    connect(patience_, &QTimer::timeout, this, [this] {
        raise();
        show();
    });
    hide();
}

QString StaleVeil::updatingWord() { return tr("updating…"); }
QString StaleVeil::outdatedWord() { return tr("out of date"); }

void StaleVeil::setArea(const QRect& area) {
    coversAll_ = false;
    setGeometry(area);
}

void StaleVeil::setWord(const QString& word) {
    if (word == word_) return;
    const bool was = isStale();
    word_ = word;
    setAccessibleName(word);
    if (!isStale()) {
        patience_->stop();
        hide();
    } else if (!was) {
        patience_->start();
    }
    if (isVisible()) raise();  // over what has become the top since
    update();
}

void StaleVeil::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const FigureStyle style = screenStyle(*this);
    QColor veil = style.background;
    veil.setAlphaF(kVeil);
    painter.fillRect(rect(), veil);
    drawBadge(painter, QRectF(rect()).adjusted(0, kGrid / 2.0, -kGrid / 2.0, 0), word_, style);
}

bool StaleVeil::eventFilter(QObject* watched, QEvent* event) {
    if (coversAll_ && watched == parent() && event->type() == QEvent::Resize) setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(watched, event);
}

}  // namespace thaw

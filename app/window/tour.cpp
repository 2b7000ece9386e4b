// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/tour.h"

#include "app/shared/make_action.h"
#include "widgets/base/theme.h"

#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace thaw {
namespace {

constexpr int kBubbleWidth = 336, kGap = 12;

}  // namespace

Tour::Tour(std::vector<TourStop> stops, QWidget* window)
    : QWidget(window),
      stops_(std::move(stops)),
      bubble_(new QFrame(this)),
      title_(new QLabel(bubble_)),
      text_(new QLabel(bubble_)),
      count_(new QLabel(bubble_)),
      back_(new QPushButton(tr("Back"), bubble_)),
      next_(new QPushButton(bubble_)) {
    setObjectName(QStringLiteral("tour"));
    setAccessibleName(tr("Guided tour"));
    setAttribute(Qt::WA_DeleteOnClose);
    setFocusPolicy(Qt::StrongFocus);
    bubble_->setObjectName(QStringLiteral("tourBubble"));
    bubble_->setAutoFillBackground(true);
    bubble_->setBackgroundRole(QPalette::Base);
    bubble_->setFrameShape(QFrame::StyledPanel);
    QFont bold = title_->font();
    bold.setWeight(QFont::DemiBold);
    title_->setFont(bold);
    text_->setWordWrap(true);
    makeMuted(count_);
    makePrimary(next_);
    auto* leave = new QPushButton(tr("Leave"), bubble_);
    leave->setToolTip(tr("End the tour (Escape); Help > Guided tour brings it back"));
    for (QPushButton* button : {leave, back_, next_}) button->setAutoDefault(true);  // Return presses it
    back_->setToolTip(tr("The stop before (←)"));
    next_->setToolTip(tr("The next stop (→)"));
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(kGrid);
    buttons->addWidget(count_);
    buttons->addStretch(1);
    buttons->addWidget(leave);
    buttons->addWidget(back_);
    buttons->addWidget(next_);
    auto* layout = new QVBoxLayout(bubble_);
    layout->setContentsMargins(2 * kGrid, 2 * kGrid, 2 * kGrid, 2 * kGrid);
    layout->setSpacing(kGrid);
    layout->addWidget(title_);
    layout->addWidget(text_);
    layout->addLayout(buttons);
    bubble_->setFixedWidth(int(kBubbleWidth * textScale(this)));
    connect(back_, &QPushButton::clicked, this, [this] { goTo(stop_ - 1); });
    connect(next_, &QPushButton::clicked, this, [this] { goTo(stop_ + 1); });
    connect(leave, &QPushButton::clicked, this, [this] { goTo(count()); });
    window->installEventFilter(this);
    goTo(0);
    show();
    raise();
    next_->setFocus();
}

void Tour::goTo(int stop) {
    if (stop < 0) return;
    if (stop >= count()) {
        Q_EMIT ended();
        close();
        return;
    }
    stop_ = stop;
    const TourStop& here = stops_[std::size_t(stop)];
    // What lies behind a tab or was closed comes to the front, or there would be nothing to see.
    if (here.target) showDockOf(*here.target);
    watch(here.target);
    title_->setText(here.title);
    text_->setText(here.text);
    count_->setText(tr("%1 of %2").arg(stop + 1).arg(count()));
    if (stop == 0 && back_->hasFocus()) next_->setFocus();
    back_->setEnabled(stop > 0);
    next_->setText(stop + 1 < count() ? tr("Next") : tr("Done"));
    setAccessibleDescription(here.title + QStringLiteral(". ") + here.text);
    place();
}

// The part moves when anything moves that it lies in.
void Tour::watch(QWidget* target) {
    for (const QPointer<QWidget>& widget : std::as_const(watched_))
        if (widget) widget->removeEventFilter(this);
    watched_.clear();
    for (QWidget* widget = target; widget && widget != parentWidget(); widget = widget->parentWidget()) {
        widget->installEventFilter(this);
        watched_ << widget;
    }
}

QRect Tour::hole() const {
    const QWidget* target = stops_[std::size_t(stop_)].target;
    if (!target || !target->isVisible()) return {};
    return QRect(target->mapTo(parentWidget(), QPoint()), target->size()).adjusted(-2, -2, 2, 2) &
           parentWidget()->rect();
}

void Tour::place() {
    setGeometry(parentWidget()->rect());
    text_->ensurePolished();
    text_->setFixedHeight(text_->heightForWidth(bubble_->width() - 4 * kGrid - 2 * bubble_->frameWidth()));
    bubble_->setFixedHeight(bubble_->layout()->totalSizeHint().height());
    const QRect open = hole();
    const QSize size = bubble_->size();
    QPoint at((width() - size.width()) / 2, (height() - size.height()) / 2);
    if (!open.isNull()) {
        // Beside it where there is room: right, left, below, above; else inside, at its lower edge.
        const QPoint candidates[] = {{open.right() + kGap, open.top()},
                                     {open.left() - kGap - size.width(), open.top()},
                                     {open.left(), open.bottom() + kGap},
                                     {open.left(), open.top() - kGap - size.height()},
                                     {open.center().x() - size.width() / 2, open.bottom() - kGap - size.height()}};
        const auto fits = [&](const QPoint& p) {
            return p.x() >= 0 && p.y() >= 0 && p.x() + size.width() <= width() && p.y() + size.height() <= height();
        };
        const auto* found = std::find_if(std::begin(candidates), std::end(candidates), fits);
        at = found != std::end(candidates) ? *found : candidates[4];
    }
    bubble_->move(std::clamp(at.x(), 0, std::max(0, width() - size.width())),
                  std::clamp(at.y(), 0, std::max(0, height() - size.height())));
    // Clicks reach the part that the stop is about.
    setMask(QRegion(rect()) - QRegion(open) + QRegion(bubble_->geometry()));
    update();
}

void Tour::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QRect open = hole();
    painter.setClipRegion(QRegion(rect()) - QRegion(open));
    painter.fillRect(rect(), QColor(0, 0, 0, isDark(palette()) ? 150 : 96));
    if (open.isNull()) return;
    painter.setPen(QPen(accentColour(palette()), 2));
    painter.drawRect(open.adjusted(-2, -2, 1, 1));
}

void Tour::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Escape: return goTo(count());
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Right: return goTo(stop_ + 1);
    case Qt::Key_Left: return goTo(stop_ - 1);
    default: QWidget::keyPressEvent(event);
    }
}

bool Tour::eventFilter(QObject* watched, QEvent* event) {
    const auto type = event->type();
    if (type == QEvent::Resize || type == QEvent::Move || type == QEvent::Show || type == QEvent::Hide)
        QMetaObject::invokeMethod(this, &Tour::place, Qt::QueuedConnection);  // once the layout has settled
    return QWidget::eventFilter(watched, event);
}

}  // namespace thaw

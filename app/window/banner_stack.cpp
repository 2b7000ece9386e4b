// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/banner_stack.h"

#include "widgets/base/theme.h"

#include <QEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace thaw {
namespace {

constexpr int kWidest = 80 * kGrid, kClearRight = 40 * kGrid, kMargin = 2 * kGrid;

}  // namespace

BannerStack::BannerStack(QWidget* over) : QWidget(over) {
    setObjectName(QStringLiteral("banners"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kGrid / 2);
    over->installEventFilter(this);
    place();
}

void BannerStack::add(QWidget* banner) { layout()->addWidget(banner); }

// Shown always, with no area while there is nothing to say: what shows itself in a hidden parent would stay unseen.
void BannerStack::place() {
    const QSize room = parentWidget()->size();
    const double scale = textScale(this);
    const int width = std::max(0, std::min(int(kWidest * scale), room.width() - 2 * kMargin));
    int shown = 0;
    for (int i = 0; i < layout()->count(); ++i) shown += !layout()->itemAt(i)->isEmpty();
    layout()->activate();
    const int height = shown == 0                      ? 0
                       : layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width)
                                                       : layout()->totalSizeHint().height();
    const int left = std::clamp((room.width() - int(kClearRight * scale) - width) / 2, kMargin,
                                std::max(kMargin, room.width() - kMargin - width));
    setGeometry(left, room.height() - kMargin - height, width, height);
    raise();
}

bool BannerStack::event(QEvent* event) {
    if (event->type() == QEvent::LayoutRequest) place();
    return QWidget::event(event);
}

bool BannerStack::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize) place();
    return QWidget::eventFilter(watched, event);
}

}  // namespace thaw

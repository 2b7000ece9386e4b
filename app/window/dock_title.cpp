// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/dock_title.h"

#include "widgets/base/icons.h"
#include "widgets/base/theme.h"

#include <QDockWidget>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QToolButton>

namespace thaw {

DockTitle::DockTitle(QDockWidget* dock)
    : QWidget(dock),
      name_(new QLabel(dock->windowTitle(), this)),
      help_(new QToolButton(this)),
      fill_(new QToolButton(this)),
      close_(new QToolButton(this)) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(kGrid, kGrid / 2, kGrid / 2, kGrid / 2);
    layout->setSpacing(0);
    layout->addWidget(name_);
    layout->addStretch(1);
    layout->addWidget(help_);
    layout->addWidget(fill_);
    layout->addWidget(close_);
    makeHeading(name_);
    setToolTip(tr("Drag to move, double-click to fill the window"));
    help_->setToolTip(tr("Explain this view (F1)"));
    help_->setAccessibleName(tr("Help on %1").arg(dock->windowTitle()));
    fill_->setToolTip(tr("Fill the window, or go back"));
    close_->setToolTip(tr("Close; the View menu opens it again"));
    fill_->setAccessibleName(tr("Fill the window with %1").arg(dock->windowTitle()));
    close_->setAccessibleName(tr("Close %1").arg(dock->windowTitle()));
    for (QToolButton* button : {help_, fill_, close_}) {
        button->setAutoRaise(true);
        button->setIconSize({12, 12});
        button->setFocusPolicy(Qt::TabFocus);
    }
    retint();
    connect(dock, &QDockWidget::windowTitleChanged, name_, &QLabel::setText);
    connect(help_, &QToolButton::clicked, this, &DockTitle::helpRequested);
    connect(fill_, &QToolButton::clicked, this, &DockTitle::fillRequested);
    connect(close_, &QToolButton::clicked, dock, &QDockWidget::close);
}

QSize DockTitle::sizeHint() const { return QSize(12 * kGrid, 4 * kGrid).expandedTo(layout()->minimumSize()); }

void DockTitle::mouseDoubleClickEvent(QMouseEvent* event) {
    event->accept();
    Q_EMIT fillRequested();
}

void DockTitle::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) retint();
    QWidget::changeEvent(event);
}

void DockTitle::retint() {
    const QColor colour = mutedColour(palette());
    help_->setIcon(glyphIcon(Glyph::Info, colour));
    fill_->setIcon(glyphIcon(Glyph::Fit, colour));
    close_->setIcon(glyphIcon(Glyph::Close, colour));
}

}  // namespace thaw

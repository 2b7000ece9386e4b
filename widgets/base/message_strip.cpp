// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/base/message_strip.h"

#include "widgets/base/icons.h"
#include "widgets/base/theme.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace thaw {
namespace {

QColor severityColour(MessageStrip::Severity severity, const QPalette& palette) {
    switch (severity) {
    case MessageStrip::Severity::Info: return accentColour(palette);
    case MessageStrip::Severity::Success: return successColour(palette);
    case MessageStrip::Severity::Warning: return warningColour(palette);
    case MessageStrip::Severity::Error: return errorColour(palette);
    }
    return {};
}

Glyph severityGlyph(MessageStrip::Severity severity) {
    switch (severity) {
    case MessageStrip::Severity::Info: return Glyph::Info;
    case MessageStrip::Severity::Success: return Glyph::Success;
    case MessageStrip::Severity::Warning: return Glyph::Warning;
    case MessageStrip::Severity::Error: return Glyph::Error;
    }
    return Glyph::Info;
}

QLabel* textLabel(const char* name) {
    auto* label = new QLabel;
    label->setObjectName(QLatin1String(name));
    label->setWordWrap(true);
    // Paths and messages of the system are shown as they are, never as mark-up, and can be copied.
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

}  // namespace

MessageStrip::MessageStrip(QWidget* parent)
    : QFrame(parent),
      icon_(new QLabel),
      what_(textLabel("messageWhat")),
      detail_(textLabel("messageDetail")),
      action_(new QPushButton),
      dismiss_(new QPushButton),
      close_(new QToolButton) {
    setObjectName(QStringLiteral("messageStrip"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    QFont bold = what_->font();
    bold.setWeight(QFont::DemiBold);
    what_->setFont(bold);
    icon_->setObjectName(QStringLiteral("messageIcon"));
    action_->setObjectName(QStringLiteral("messageAction"));
    dismiss_->setObjectName(QStringLiteral("messageDismiss"));
    close_->setObjectName(QStringLiteral("messageClose"));
    close_->setToolTip(tr("Close this message"));
    close_->setAccessibleName(tr("Close this message"));
    close_->setAutoRaise(true);

    // The headline, its sign and the cross stand on one line however many lines follow.
    const int headline = close_->sizeHint().height();
    icon_->setFixedHeight(headline);
    what_->setMinimumHeight(headline);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(what_);
    words->addWidget(detail_);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(kGrid + 6, kGrid, kGrid, kGrid);
    row->setSpacing(kGrid);
    row->addWidget(icon_, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    row->addWidget(action_, 0, Qt::AlignVCenter);
    row->addWidget(dismiss_, 0, Qt::AlignVCenter);
    row->addWidget(close_, 0, Qt::AlignTop);
    dismiss_->hide();

    connect(action_, &QPushButton::clicked, this, &MessageStrip::actionTriggered);
    connect(dismiss_, &QPushButton::clicked, close_, &QToolButton::click);
    connect(close_, &QToolButton::clicked, this, [this] {
        clear();
        Q_EMIT closed();
    });
    recolour();
    hide();
}

void MessageStrip::showMessage(Severity severity, const QString& what, const QString& why, const QString& hint,
                               const QString& actionText) {
    severity_ = severity;
    what_->setText(what);
    QStringList detail;
    for (const QString& part : {why, hint})
        if (!part.isEmpty()) detail << part;
    detail_->setText(detail.join(QLatin1Char('\n')));
    detail_->setVisible(!detail.isEmpty());
    action_->setText(actionText);
    action_->setToolTip(hint);
    action_->setVisible(!actionText.isEmpty());
    setAccessibleName(what);
    setAccessibleDescription(detail_->text());
    recolour();
    show();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void MessageStrip::clear() {
    what_->clear();
    detail_->clear();
    hide();
}

void MessageStrip::setDismissText(const QString& text) {
    dismiss_->setText(text);
    dismiss_->setVisible(!text.isEmpty());
    close_->setVisible(text.isEmpty());
}

QString MessageStrip::what() const { return what_->text(); }
QString MessageStrip::detail() const { return detail_->text(); }

void MessageStrip::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) recolour();
}

void MessageStrip::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) close_->click();
    else QFrame::keyPressEvent(event);
}

void MessageStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QColor colour = severityColour(severity_, palette());
    QColor tint = colour;
    tint.setAlphaF(isDark(palette()) ? 0.16f : 0.09f);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    painter.fillRect(rect(), tint);
    painter.fillRect(QRect(0, 0, 3, height()), colour);
    painter.setPen(lineColour(palette()));  // it floats over views of the same ground
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void MessageStrip::recolour() {
    icon_->setPixmap(glyphIcon(severityGlyph(severity_), severityColour(severity_, palette()))
                         .pixmap(QSize(16, 16), devicePixelRatioF()));
    close_->setIcon(glyphIcon(Glyph::Close, mutedColour(palette())));
    update();
}

}  // namespace thaw

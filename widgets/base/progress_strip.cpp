// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/base/progress_strip.h"

#include "widgets/base/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTimer>

namespace thaw {

ProgressStrip::ProgressStrip(QWidget* parent)
    : QFrame(parent),
      patience_(new QTimer(this)),
      what_(new QLabel(this)),
      bar_(new QProgressBar(this)),
      cancel_(new QPushButton(tr("Cancel"), this)) {
    setObjectName(QStringLiteral("progressStrip"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    setFrameShape(QFrame::StyledPanel);
    what_->setTextFormat(Qt::PlainText);
    what_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    bar_->setFixedWidth(24 * kGrid);
    bar_->setTextVisible(false);
    bar_->setFixedHeight(kGrid);
    cancel_->setObjectName(QStringLiteral("progressCancel"));
    cancel_->setToolTip(tr("Stop reading; what is open stays open"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(kGrid + 6, kGrid, kGrid, kGrid);
    row->setSpacing(2 * kGrid);
    row->addWidget(what_, 1);
    row->addWidget(bar_);
    row->addWidget(cancel_);
    patience_->setSingleShot(true);
    patience_->setInterval(kPatienceMs);
    connect(patience_, &QTimer::timeout, this, &QWidget::show);
    connect(cancel_, &QPushButton::clicked, this, [this] {
        cancel_->setEnabled(false);
        Q_EMIT cancelRequested();
    });
    hide();
}

void ProgressStrip::begin(const QString& what) {
    what_->setText(what);
    bar_->setAccessibleName(what);
    bar_->setRange(0, 0);
    cancel_->setEnabled(true);
    if (!busy_) patience_->start();
    busy_ = true;
}

void ProgressStrip::setShare(double share) {
    bar_->setRange(0, 1000);
    bar_->setValue(int(1000 * qBound(0.0, share, 1.0)));
}

void ProgressStrip::end() {
    busy_ = false;
    patience_->stop();
    hide();
}

QString ProgressStrip::what() const { return what_->text(); }

}  // namespace thaw

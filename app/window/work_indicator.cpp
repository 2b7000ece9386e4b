// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/work_indicator.h"

#include "widgets/base/icons.h"
#include "widgets/base/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QTimer>
#include <QToolButton>

namespace thaw {
namespace {

QString nameOf(ComputeWork::Kind kind) {
    switch (kind) {
    case ComputeWork::Kind::None: break;
    case ComputeWork::Kind::Samples: return WorkIndicator::tr("Sampling…");
    case ComputeWork::Kind::Trajectory: return WorkIndicator::tr("Trajectory…");
    case ComputeWork::Kind::Measurement: return WorkIndicator::tr("Measuring frequencies…");
    case ComputeWork::Kind::OriginalDistance: return WorkIndicator::tr("Distance of the original…");
    case ComputeWork::Kind::Distance: return WorkIndicator::tr("Distance of the run…");
    case ComputeWork::Kind::Figure: return WorkIndicator::tr("Making a figure…");
    }
    return {};
}

}  // namespace

WorkIndicator::WorkIndicator(QWidget* parent)
    : QWidget(parent),
      what_(new QLabel(this)),
      bar_(new QProgressBar(this)),
      cancel_(new QToolButton(this)),
      patience_(new QTimer(this)) {
    setObjectName(QStringLiteral("workIndicator"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(kGrid, 0, kGrid, 0);
    row->setSpacing(kGrid / 2);
    row->addWidget(what_);
    row->addWidget(bar_);
    row->addWidget(cancel_);
    what_->setAccessibleName(tr("What is being computed"));
    bar_->setFixedSize(8 * kGrid, kGrid);
    bar_->setTextVisible(false);
    bar_->setRange(0, 1000);
    cancel_->setObjectName(QStringLiteral("cancelWork"));
    cancel_->setAutoRaise(true);
    cancel_->setIconSize({12, 12});
    cancel_->setIcon(glyphIcon(Glyph::Close, mutedColour(palette())));
    cancel_->setToolTip(
        tr("Cancel this and what waits behind it; what is shown stays, marked where it is out of date"));
    cancel_->setAccessibleName(tr("Cancel what is being computed"));
    connect(cancel_, &QToolButton::clicked, this, &WorkIndicator::cancelRequested);
    patience_->setSingleShot(true);
    patience_->setInterval(kPatienceMs);
    connect(patience_, &QTimer::timeout, this, [this] { show(); });
    hide();
}

QString WorkIndicator::text() const {
    if (work_.kind == ComputeWork::Kind::None) return {};
    const QString done = tr("%1 %2 %", "what, how far").arg(nameOf(work_.kind)).arg(int(100 * work_.share));
    return work_.waiting > 0 ? tr("%1, %n more", "what and how far", work_.waiting).arg(done) : done;
}

void WorkIndicator::setWork(const ComputeWork& work) {
    const bool was = work_.kind != ComputeWork::Kind::None, is = work.kind != ComputeWork::Kind::None;
    work_ = work;
    if (!is) {
        patience_->stop();
        return hide();
    }
    what_->setText(text());
    bar_->setAccessibleName(nameOf(work.kind));
    bar_->setValue(int(1000 * work.share));
    if (!was) patience_->start();
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/watched_run_bar.h"

#include "widgets/base/flow_layout.h"
#include "widgets/base/theme.h"

#include <QCheckBox>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

namespace thaw {

WatchedRunBar::WatchedRunBar(QWidget* parent)
    : QFrame(parent),
      label_(new QLabel(this)),
      newest_(new QPushButton(tr("Show the newest"), this)),
      follow_(new QCheckBox(tr("Follow the newest"), this)),
      samples_(new QPushButton(tr("Its samples"), this)),
      steer_(new QPushButton(tr("Steer it"), this)) {
    setObjectName(QStringLiteral("watchedRun"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    label_->setObjectName(QStringLiteral("watchedRunText"));
    label_->setWordWrap(true);
    label_->setTextFormat(Qt::PlainText);
    label_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    newest_->setObjectName(QStringLiteral("showNewest"));
    newest_->setToolTip(tr("Samples and spectra of the tuned generator are made from the newest snapshot of the run"));
    follow_->setObjectName(QStringLiteral("followNewest"));
    follow_->setToolTip(tr("Show every new snapshot of the run as soon as it is there"));
    samples_->setObjectName(QStringLiteral("ownSamples"));
    samples_->setToolTip(
        tr("The newest grid of samples that the run itself wrote, with the images it had seen by then"));
    steer_->setObjectName(QStringLiteral("steerRun"));
    steer_->setToolTip(
        tr("Ask the process of the run to pause, go on, save, stop, or take another freeze plan or other "
           "learning rates"));
    auto* menu = new QMenu(steer_);
    menu->setToolTipsVisible(true);
    steer_->setMenu(menu);
    // What it offers is as the run stands at that moment.
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        Q_EMIT menuShown(menu);
    });
    auto* buttons = new QWidget(this);
    auto* row = new FlowLayout(buttons, kGrid);
    for (QWidget* control : {static_cast<QWidget*>(newest_), static_cast<QWidget*>(follow_),
                             static_cast<QWidget*>(samples_), static_cast<QWidget*>(steer_)})
        row->addWidget(control);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, kGrid / 2, 0, kGrid / 2);
    layout->setSpacing(kGrid / 2);
    layout->addWidget(label_);
    layout->addWidget(buttons);
    connect(newest_, &QPushButton::clicked, this, &WatchedRunBar::newestRequested);
    connect(follow_, &QCheckBox::clicked, this, &WatchedRunBar::followingChanged);
    connect(samples_, &QPushButton::clicked, this, &WatchedRunBar::samplesRequested);
    hide();
}

void WatchedRunBar::say(const Words& words) {
    label_->setText(words.text);
    QPalette colours = palette();
    if (words.isWarning) colours.setColor(QPalette::WindowText, warningColour(colours));
    label_->setPalette(colours);
    newest_->setVisible(words.hasNewer);
    follow_->setVisible(words.mayFollow);
    samples_->setVisible(words.hasSamples);
    steer_->setVisible(words.maySteer);
    newest_->parentWidget()->setVisible(words.hasNewer || words.mayFollow || words.hasSamples || words.maySteer);
    setVisible(!words.text.isEmpty());
}

void WatchedRunBar::setFollowing(bool on) { follow_->setChecked(on); }
QString WatchedRunBar::text() const { return isHidden() ? QString() : label_->text(); }

}  // namespace thaw

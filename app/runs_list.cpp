// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runs_list.h"

#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace thaw {

RunsList::RunsList(const QString& folder, QWidget* parent)
    : QWidget(parent), folder_(folder), list_(new QListWidget(this)), open_(new QPushButton(tr("Open"), this)),
      continue_(new QPushButton(tr("Continue"), this)) {
    auto* heading = new QLabel(tr("Runs"), this);
    makeHeading(heading);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(kGrid);
    buttons->addWidget(open_);
    buttons->addWidget(continue_);
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGrid);
    layout->addWidget(heading);
    layout->addWidget(list_, 1);
    layout->addLayout(buttons);

    list_->setAccessibleName(tr("Runs"));
    list_->setToolTip(QDir::toNativeSeparators(folder));
    list_->setFrameShape(QFrame::NoFrame);
    open_->setToolTip(tr("Open the newest generator of this run as the model"));
    continue_->setToolTip(tr("Go on with this run from its newest snapshot"));
    connect(list_, &QListWidget::itemSelectionChanged, this, &RunsList::showButtons);
    connect(list_, &QListWidget::itemActivated, this, [this] {
        if (open_->isEnabled()) Q_EMIT openRequested(selected());
    });
    connect(open_, &QPushButton::clicked, this, [this] { Q_EMIT openRequested(selected()); });
    connect(continue_, &QPushButton::clicked, this, [this] { Q_EMIT continueRequested(selected()); });
    refresh();
}

void RunsList::refresh() {
    const QString keep = selected();
    list_->clear();
    const QDir folder(folder_);
    for (const QString& name : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name | QDir::Reversed)) {
        auto* item = new QListWidgetItem(name, list_);
        item->setData(Qt::UserRole, folder.filePath(name));
        const bool isCurrent = QDir(folder.filePath(name)) == QDir(current_) && !current_.isEmpty();
        if (isCurrent) {
            QFont font = item->font();
            font.setBold(true);
            item->setFont(font);
            item->setText(tr("%1 (open)").arg(name));
        }
        item->setSelected(item->data(Qt::UserRole).toString() == keep);
    }
    if (list_->count() == 0) {
        auto* item = new QListWidgetItem(tr("No run yet"), list_);
        item->setFlags(Qt::NoItemFlags);
    }
    showButtons();
}

void RunsList::setCurrentRun(const QString& folder) {
    current_ = folder;
    refresh();
}

void RunsList::setEnabledFor(bool mayOpen, bool mayContinue) {
    mayOpen_ = mayOpen;
    mayContinue_ = mayContinue;
    showButtons();
}

QString RunsList::selected() const {
    const auto items = list_->selectedItems();
    return items.isEmpty() ? QString() : items.front()->data(Qt::UserRole).toString();
}

void RunsList::showButtons() {
    const bool any = !selected().isEmpty();
    open_->setEnabled(any && mayOpen_);
    continue_->setEnabled(any && mayContinue_);
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/far_file_dialog.h"

#include "app/engine/far_files.h"
#include "widgets/base/theme.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace thaw {
namespace {

constexpr int kIsFolder = Qt::UserRole;

// Paths of a machine that this one's rules do not hold for: plain text with slashes.
QString joinedPath(const QString& folder, const QString& name) {
    return folder.endsWith(QLatin1Char('/')) ? folder + name : folder + QLatin1Char('/') + name;
}

QString parentPath(const QString& folder) {
    const qsizetype slash = folder.lastIndexOf(QLatin1Char('/'));
    return slash <= 0 ? QStringLiteral("/") : folder.left(slash);
}

}  // namespace

FarFileDialog::FarFileDialog(FarFiles& files, const QString& host, const QString& title, bool wantsFolder,
                             const QString& folder, QWidget* window)
    : QDialog(window),
      files_(files),
      wantsFolder_(wantsFolder),
      path_(new QLineEdit(this)),
      entries_(new QTreeWidget(this)),
      fault_(new QLabel(this)) {
    setObjectName(QStringLiteral("farFileDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("%1 (on %2)").arg(title, host));
    path_->setObjectName(QStringLiteral("farPath"));
    path_->setAccessibleName(tr("Path on the other machine"));
    path_->setToolTip(tr("A path on the other machine; Return lists a folder"));
    auto* up = new QToolButton(this);
    up->setIcon(style()->standardIcon(QStyle::SP_FileDialogToParent));
    up->setToolTip(tr("The folder that this one lies in"));
    up->setAccessibleName(up->toolTip());
    entries_->setObjectName(QStringLiteral("farEntries"));
    entries_->setAccessibleName(tr("Files of the other machine"));
    entries_->setRootIsDecorated(false);
    entries_->setUniformRowHeights(true);
    entries_->setHeaderLabels({tr("Name"), tr("Size")});
    entries_->header()->setStretchLastSection(false);
    entries_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    fault_->setWordWrap(true);
    fault_->setTextFormat(Qt::PlainText);
    fault_->hide();
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    open_ = buttons->addButton(tr("&Open"), QDialogButtonBox::ActionRole);
    open_->setObjectName(QStringLiteral("farOpen"));
    open_->setDefault(true);
    auto* row = new QHBoxLayout;
    row->addWidget(path_, 1);
    row->addWidget(up);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(kGrid);
    layout->addLayout(row);
    layout->addWidget(entries_, 1);
    layout->addWidget(fault_);
    layout->addWidget(buttons);
    connect(up, &QToolButton::clicked, this, [this] { goTo(parentPath(folder_)); });
    connect(entries_, &QTreeWidget::itemActivated, this, [this](const QTreeWidgetItem* item) { activate(item); });
    connect(entries_, &QTreeWidget::itemSelectionChanged, this, &FarFileDialog::select);
    connect(open_, &QPushButton::clicked, this, &FarFileDialog::choose);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    resize(int(80 * kGrid * textScale(this)), int(60 * kGrid * textScale(this)));
    path_->setFocus();
    goTo(folder);
}

QString FarFileDialog::path() const { return path_->text().trimmed(); }

void FarFileDialog::goTo(const QString& folder) {
    files_.ask(this, question::List{folder.toStdString()}, [this](const FileAnswer& answer) {
        if (const auto* listing = std::get_if<answer::Listing>(&answer)) return show(*listing);
        if (const auto* failed = std::get_if<answer::Failed>(&answer)) showFault(*failed);
    });
}

void FarFileDialog::showFault(const answer::Failed& failed) {
    fault_->setText(QString::fromStdString(failed.message));
    fault_->show();
}

void FarFileDialog::show(const answer::Listing& listing) {
    folder_ = QString::fromStdString(listing.folder);
    path_->setText(folder_);
    fault_->hide();
    entries_->clear();
    for (const auto& entry : listing.entries) {
        if (wantsFolder_ && !entry.isFolder) continue;
        const QString size = entry.isFolder ? QString() : QLocale().formattedDataSize(entry.bytes);
        auto* item = new QTreeWidgetItem(entries_, {QString::fromStdString(entry.name), size});
        item->setData(0, kIsFolder, entry.isFolder);
        item->setIcon(0, style()->standardIcon(entry.isFolder ? QStyle::SP_DirIcon : QStyle::SP_FileIcon));
        item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
    }
}

QString FarFileDialog::selectedPath() const {
    const auto chosen = entries_->selectedItems();
    return chosen.isEmpty() ? QString() : joinedPath(folder_, chosen.front()->text(0));
}

void FarFileDialog::select() {
    if (const QString selected = selectedPath(); !selected.isEmpty()) path_->setText(selected);
}

void FarFileDialog::activate(const QTreeWidgetItem* item) {
    const QString path = joinedPath(folder_, item->text(0));
    if (item->data(0, kIsFolder).toBool()) return goTo(path);
    path_->setText(path);
    take();
}

// A path that was typed is looked at first: a folder is listed, and taken when it is asked for again.
void FarFileDialog::choose() {
    if (path().isEmpty()) return;
    if (path() == folder_ || path() == selectedPath()) return take();
    files_.ask(this, question::List{path().toStdString()}, [this](const FileAnswer& answer) {
        if (const auto* listing = std::get_if<answer::Listing>(&answer)) return show(*listing);
        if (!wantsFolder_) return take();  // no folder; what it is, who opens it says
        if (const auto* failed = std::get_if<answer::Failed>(&answer)) showFault(*failed);
    });
}

void FarFileDialog::take() {
    Q_EMIT chosen(path());
    accept();
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/training/runs_list.h"

#include "app/shared/read_aside.h"
#include "widgets/base/focus_ring.h"
#include "widgets/base/icons.h"
#include "widgets/base/number_text.h"
#include "widgets/base/theme.h"

#include <QDir>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <utility>

namespace thaw {
namespace {

enum Column { Name, Fid, Kimg, Objective, Freeze, ColumnCount };
constexpr int kFolder = Qt::UserRole, kConfig = Qt::UserRole + 1;

}  // namespace

RunsList::RunsList(const QString& folder, QWidget* parent)
    : QWidget(parent),
      folder_(folder),
      table_(new QTreeWidget(this)),
      open_(new QPushButton(tr("Open"), this)),
      continue_(new QPushButton(tr("Continue"), this)),
      compare_(new QPushButton(tr("Compare"), this)) {
    auto* heading = new QLabel(tr("Runs"), this);
    makeHeading(heading);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(kGrid);
    buttons->addWidget(open_);
    buttons->addWidget(continue_);
    buttons->addWidget(compare_);
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGrid);
    layout->addWidget(heading);
    layout->addWidget(table_, 1);
    layout->addLayout(buttons);

    new FocusRing(table_);
    table_->setObjectName(QStringLiteral("runsTable"));
    table_->setAccessibleName(tr("Runs"));
    table_->setToolTip(
        tr("Tick a run to draw its curves beside the open one; choose two to compare their settings.\n%1")
            .arg(QDir::toNativeSeparators(folder)));
    table_->setFrameShape(QFrame::NoFrame);
    table_->setRootIsDecorated(false);
    table_->setUniformRowHeights(true);
    table_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    table_->setColumnCount(ColumnCount);
    table_->setHeaderLabels({tr("Run"), tr("Best distance"), tr("kimg"), tr("Objective"), tr("Frozen")});
    table_->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table_->header()->setStretchLastSection(true);
    open_->setToolTip(tr("Open the newest generator of this run as the model"));
    continue_->setToolTip(tr("Go on with this run from its newest snapshot"));
    compare_->setObjectName(QStringLiteral("compareRuns"));
    compare_->setToolTip(tr("Show the settings in which the two chosen runs differ"));
    connect(table_, &QTreeWidget::itemSelectionChanged, this, &RunsList::showButtons);
    connect(table_, &QTreeWidget::itemChanged, this, &RunsList::itemChecked);
    connect(table_, &QTreeWidget::itemActivated, this, [this] {
        if (open_->isEnabled()) Q_EMIT openRequested(selected().front());
    });
    connect(open_, &QPushButton::clicked, this, [this] { Q_EMIT openRequested(selected().front()); });
    connect(continue_, &QPushButton::clicked, this, [this] { Q_EMIT continueRequested(selected().front()); });
    connect(compare_, &QPushButton::clicked, this, [this] {
        const auto items = table_->selectedItems();
        if (items.size() != 2) return;
        const auto *older = items[0], *newer = items[1];
        if (older->text(Name) > newer->text(Name)) std::swap(older, newer);
        Q_EMIT compareRequested(older->text(Name), older->data(Name, kConfig).toString(), newer->text(Name),
                                newer->data(Name, kConfig).toString());
    });
    refresh();
}

RunsList::~RunsList() = default;

void RunsList::refresh() {
    std::vector<std::string> folders;
    const QDir folder(folder_);
    for (const QString& name : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name | QDir::Reversed))
        folders.push_back(folder.filePath(name).toStdString());
    // Names at once, figures when they have been read.
    std::vector<RunSummary> bare;
    for (const auto& path : folders) bare.emplace_back().folder = path;
    fill(bare);
    if (folders.empty()) return;
    readAside(
        this,
        [folders] {
            std::vector<RunSummary> runs;
            runs.reserve(folders.size());
            for (const auto& path : folders) runs.push_back(summariseRun(path));
            return runs;
        },
        [this](const std::vector<RunSummary>& runs) {
            fill(runs);
            if (std::exchange(searched_, true)) return;
            const auto found =
                std::find_if(runs.begin(), runs.end(), [](const RunSummary& run) { return run.interrupted; });
            if (found != runs.end())
                Q_EMIT interruptedFound(QString::fromStdString(found->folder), found->kimg.value_or(0));
        });
}

void RunsList::fill(const std::vector<RunSummary>& runs) {
    const QStringList keep = selected();
    const QSignalBlocker quiet(table_);
    table_->clear();
    for (const RunSummary& run : runs) {
        auto* item = new QTreeWidgetItem(table_);
        const QString path = QString::fromStdString(run.folder);
        const bool isCurrent = !current_.isEmpty() && QDir(path) == QDir(current_);
        item->setText(Name, QDir(path).dirName());
        item->setData(Name, kFolder, path);
        item->setData(Name, kConfig, QString::fromStdString(run.config));
        item->setText(Objective, QString::fromStdString(run.objective));
        item->setText(Freeze, QString::fromStdString(run.freeze));
        if (run.kimg) item->setText(Kimg, formatNumber(*run.kimg, 3));
        if (run.bestFid) {
            item->setText(Fid, QStringLiteral("%1 %2").arg(QString::fromStdString(measureName(run.bestMeasure)),
                                                           formatNumber(*run.bestFid, 3)));
            item->setToolTip(Fid, QString::fromStdString(measureTitle(run.bestMeasure)));
        }
        for (const Column column : {Kimg, Fid}) item->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
        QStringList details;
        for (const auto& [name, value] : run.madeWith)
            details << QString::fromStdString(name) + QStringLiteral(": ") + QString::fromStdString(value);
        item->setToolTip(Name, details.join(QLatin1Char('\n')));
        if (isCurrent) {
            QFont font = item->font(Name);
            font.setBold(true);
            item->setFont(Name, font);
            details.prepend(tr("%1 (open)").arg(item->text(Name)));
            item->setToolTip(Name, details.join(QLatin1Char('\n')));
        } else {
            item->setCheckState(Name, overlaid_.contains(path) ? Qt::Checked : Qt::Unchecked);
        }
        item->setSelected(keep.contains(path));
    }
    if (runs.empty()) {
        auto* item = new QTreeWidgetItem(table_, {tr("No run yet")});
        item->setFlags(Qt::NoItemFlags);
    }
    showButtons();
}

void RunsList::itemChecked(QTreeWidgetItem* item) {
    const QString path = item->data(Name, kFolder).toString();
    if (path.isEmpty()) return;
    const bool on = item->checkState(Name) == Qt::Checked;
    if (on == overlaid_.contains(path)) return;
    if (!on) {
        overlaid_.removeAll(path);
        Q_EMIT overlayHidden(path);
        return;
    }
    overlay(path);
}

void RunsList::overlay(const QString& path) {
    overlaid_ << path;
    readAside(
        this, [file = path.toStdString()] { return runStatsIfAny(file); },
        [this, path](const RunStats& stats) {
            if (overlaid_.contains(path)) Q_EMIT overlayShown(path, stats);
        });
}

void RunsList::showOverlays(const QStringList& folders) {
    for (const QString& path : QStringList(overlaid_))
        if (!folders.contains(path)) Q_EMIT overlayHidden(path);
    overlaid_.erase(std::remove_if(overlaid_.begin(), overlaid_.end(),
                                   [&](const QString& path) { return !folders.contains(path); }),
                    overlaid_.end());
    for (const QString& path : folders)
        if (!overlaid_.contains(path) && QDir(path).exists()) overlay(path);
    refresh();
}

void RunsList::setCurrentRun(const QString& folder) {
    current_ = folder;
    if (overlaid_.removeAll(folder) > 0) Q_EMIT overlayHidden(folder);
    refresh();
}

void RunsList::setEnabledFor(bool mayOpen, bool mayContinue) {
    mayOpen_ = mayOpen;
    mayContinue_ = mayContinue;
    showButtons();
}

QStringList RunsList::selected() const {
    QStringList folders;
    for (const auto* item : table_->selectedItems())
        if (const QString path = item->data(Name, kFolder).toString(); !path.isEmpty()) folders << path;
    folders.sort();
    return folders;
}

void RunsList::showButtons() {
    const auto count = selected().size();
    open_->setEnabled(count == 1 && mayOpen_);
    continue_->setEnabled(count == 1 && mayContinue_);
    compare_->setEnabled(count == 2);
}

}  // namespace thaw

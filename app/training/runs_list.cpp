// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/training/runs_list.h"

#include "app/shared/known_runs.h"
#include "app/shared/read_aside.h"
#include "app/training/run_folders.h"
#include "core/formats/imported_log.h"
#include "widgets/base/focus_ring.h"
#include "widgets/base/icons.h"
#include "widgets/base/number_text.h"
#include "widgets/base/theme.h"

#include <QContextMenuEvent>
#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QShortcut>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace thaw {
namespace {

enum Column { Name, Fid, Kimg, Objective, Freeze, ColumnCount };
constexpr int kFolder = Qt::UserRole;

QString folderOf(const QTreeWidgetItem& item) { return item.data(Name, kFolder).toString(); }

// How the run stands, in a word; empty where its log does not say.
QString standing(const RunSummary& run) {
    if (run.interrupted) return RunsList::tr("ended unexpectedly");
    if (run.running) return RunsList::tr("running");
    if (!run.outcome) return {};
    switch (*run.outcome) {
    case RunOutcome::Finished: return RunsList::tr("finished");
    case RunOutcome::Stopped: return RunsList::tr("stopped");
    case RunOutcome::Failed: return RunsList::tr("failed");
    case RunOutcome::Diverged: return RunsList::tr("diverged");
    }
    return {};
}

QStringList detailsOf(const RunSummary& run, bool isCurrent) {
    QStringList details;
    const QString name = runName(run);
    if (isCurrent) details << RunsList::tr("%1 (open)").arg(name);
    else if (const QString word = standing(run); !word.isEmpty()) details << QStringLiteral("%1: %2").arg(name, word);
    for (const RunEvent& plan : run.plans)
        details << RunsList::tr("freeze plan %1 from %2 kimg")
                       .arg(QString::fromStdString(plan.text), formatNumber(plan.kimg, 3));
    if (!run.importedFrom.empty())
        details << name + QStringLiteral(": ") + objectiveText({}, run.importedFrom)
                << QDir::toNativeSeparators(QString::fromStdString(run.folder));
    for (const auto& note : run.notes) details << QString::fromStdString(note);
    for (const auto& [what, value] : run.madeWith)
        details << QString::fromStdString(what) + QStringLiteral(": ") + QString::fromStdString(value);
    return details;
}

}  // namespace

RunsList::RunsList(const QString& folder, QWidget* parent)
    : QWidget(parent),
      known_(new KnownRuns(folder, this)),
      folders_(new RunFolders(*known_, this)),
      table_(new QTreeWidget(this)),
      open_(new QPushButton(tr("Open"), this)),
      continue_(new QPushButton(tr("Continue"), this)),
      compare_(new QPushButton(tr("Compare"), this)),
      more_(new QToolButton(this)) {
    auto* heading = new QLabel(tr("Runs"), this);
    makeHeading(heading);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGrid);
    layout->addWidget(heading);
    layout->addWidget(table_, 1);
    layout->addWidget(makeButtons());

    new FocusRing(table_);
    table_->setObjectName(QStringLiteral("runsTable"));
    table_->setAccessibleName(tr("Runs"));
    table_->setToolTip(
        tr("Tick runs to draw their curves beside the open one and to compare them; right-click for more.\n%1")
            .arg(QDir::toNativeSeparators(folder)));
    table_->setFrameShape(QFrame::NoFrame);
    table_->setRootIsDecorated(false);
    table_->setUniformRowHeights(true);
    table_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    table_->setContextMenuPolicy(Qt::CustomContextMenu);
    table_->setColumnCount(ColumnCount);
    table_->setHeaderLabels({tr("Run"), tr("Best distance"), tr("kimg"), tr("Objective"), tr("Frozen")});
    table_->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table_->header()->setStretchLastSection(false);  // stretched it may be narrower than its words
    connectTable();
    connect(known_, &KnownRuns::changed, this, &RunsList::fill);
    connect(known_, &KnownRuns::liveChanged, this, &RunsList::showLive);
    connect(folders_, &RunFolders::moved, this, &RunsList::moved);
    connect(folders_, &RunFolders::importChosen, this, &RunsList::importCurves);
    refresh();
}

RunsList::~RunsList() = default;

QWidget* RunsList::makeButtons() {
    auto* row = new QWidget(this);
    auto* buttons = new QHBoxLayout(row);
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->setSpacing(kGrid);
    for (QPushButton* button : {open_, continue_, compare_}) buttons->addWidget(button);
    buttons->addWidget(more_);
    buttons->addStretch(1);
    open_->setToolTip(tr("Open the newest generator of this run as the model"));
    continue_->setToolTip(tr("Go on with this run from its newest snapshot"));
    compare_->setObjectName(QStringLiteral("compareRuns"));
    compare_->setToolTip(tr("Show pictures, numbers and different settings of the ticked runs side by side"));
    more_->setObjectName(QStringLiteral("moreOfRuns"));
    more_->setText(QStringLiteral("⋯"));
    more_->setToolTip(tr("More that can be done with the chosen runs"));
    more_->setAccessibleName(more_->toolTip());
    return row;
}

void RunsList::connectTable() {
    connect(table_, &QTreeWidget::itemSelectionChanged, this, &RunsList::showButtons);
    connect(table_, &QTreeWidget::itemChanged, this, &RunsList::itemChecked);
    connect(table_, &QTreeWidget::itemActivated, this, [this] {
        if (open_->isEnabled()) Q_EMIT openRequested(selected().front());
    });
    connect(table_, &QTreeWidget::customContextMenuRequested, this,
            [this](const QPoint& at) { showMenu(table_->viewport()->mapToGlobal(at)); });
    connect(open_, &QPushButton::clicked, this, [this] { Q_EMIT openRequested(selected().front()); });
    connect(continue_, &QPushButton::clicked, this, [this] { Q_EMIT continueRequested(selected().front()); });
    connect(compare_, &QPushButton::clicked, this, [this] { Q_EMIT compareRequested(compared()); });
    connect(more_, &QToolButton::clicked, this, [this] { showMenu(more_->mapToGlobal(more_->rect().bottomLeft())); });
    const auto key = [this](const QKeySequence& sequence, auto act) {
        auto* shortcut = new QShortcut(sequence, table_);
        shortcut->setContext(Qt::WidgetShortcut);
        connect(shortcut, &QShortcut::activated, this, act);
    };
    key(Qt::Key_F2, [this] {
        if (const auto runs = selected(); runs.size() == 1) folders_->askForName(runs.front());
    });
    key(QKeySequence::Delete, [this] { folders_->askToTrash(selected()); });
}

void RunsList::refresh() { known_->refresh(); }

void RunsList::fill() {
    const QStringList keep = selected();
    const QString at = table_->currentItem() ? folderOf(*table_->currentItem()) : QString();
    const int scrolled = table_->verticalScrollBar()->value();
    const QSignalBlocker quiet(table_);
    table_->clear();
    for (const RunSummary& run : known_->runs()) {
        auto* item = new QTreeWidgetItem(table_);
        item->setData(Name, kFolder, QString::fromStdString(run.folder));
        fillItem(*item, run);
        if (folderOf(*item) == at) table_->setCurrentItem(item, Name, QItemSelectionModel::NoUpdate);
        item->setSelected(keep.contains(folderOf(*item)));
    }
    table_->verticalScrollBar()->setValue(scrolled);
    if (known_->runs().empty()) {
        auto* item = new QTreeWidgetItem(table_, {tr("No run yet")});
        item->setFlags(Qt::NoItemFlags);
    }
    showButtons();
}

void RunsList::fillItem(QTreeWidgetItem& item, const RunSummary& run) const {
    const bool isCurrent = known_->isCurrent(run);
    item.setText(Name, runName(run));
    item.setText(Objective, objectiveText(run.objective, run.importedFrom));
    item.setText(Freeze, QString::fromStdString(run.freeze));
    item.setText(Kimg, kimgText(run));
    if (run.best) {
        item.setText(Fid, distanceText(*run.best));
        item.setToolTip(Fid, QString::fromStdString(measureTitle(measureOf(*run.best))));
    }
    for (const Column column : {Kimg, Fid}) item.setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    item.setToolTip(Kimg, isCurrent ? tr("open") : standing(run));
    item.setToolTip(Name, detailsOf(run, isCurrent).join(QLatin1Char('\n')));
    QFont font = table_->font();
    font.setBold(isCurrent);
    item.setFont(Name, font);
    if (!isCurrent) item.setCheckState(Name, overlaid_.contains(folderOf(item)) ? Qt::Checked : Qt::Unchecked);
}

void RunsList::showLive() {
    const QSignalBlocker quiet(table_);
    for (int row = 0; row < table_->topLevelItemCount(); ++row) {
        QTreeWidgetItem& item = *table_->topLevelItem(row);
        if (const RunSummary* run = known_->find(folderOf(item)); run && known_->isCurrent(*run)) fillItem(item, *run);
    }
    table_->viewport()->update();
}

void RunsList::itemChecked(QTreeWidgetItem* item) {
    const QString path = folderOf(*item);
    if (path.isEmpty()) return;
    const bool on = item->checkState(Name) == Qt::Checked;
    if (on == overlaid_.contains(path)) return;
    if (on) {
        overlay(path);
    } else {
        overlaid_.removeAll(path);
        Q_EMIT overlayHidden(path);
    }
    showButtons();
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
        if (!overlaid_.contains(path) && QFileInfo::exists(path)) {
            overlay(path);
            if (isImportedLog(path.toStdString())) known_->addImport(path);
        }
    refresh();
}

void RunsList::importCurves(const QString& path) {
    struct Read {
        RunStats stats;
        QString fault;
    };
    readAside(
        this,
        [file = path.toStdString()]() -> Read {
            try {
                return {readImportedLog(file), {}};
            } catch (const std::exception& fault) {
                return {{}, QString::fromUtf8(fault.what())};
            }
        },
        [this, path](const Read& read) {
            const QString name = runName(path);
            if (!read.fault.isEmpty()) {
                Q_EMIT folders_->failed(tr("The curves of %1 cannot be drawn").arg(name), read.fault);
                return;
            }
            if (!overlaid_.contains(path)) overlaid_ << path;
            known_->addImport(path);
            fill();
            Q_EMIT overlayShown(path, read.stats);
            QStringList notes;
            for (const auto& note : read.stats.notes) notes << QString::fromStdString(note);
            Q_EMIT imported(tr("The curves of %1 are drawn: %2").arg(name, objectiveText({}, read.stats.importedFrom)),
                            notes);
        });
}

bool RunsList::isImport(const QString& folder) const {
    const RunSummary* run = known_->find(folder);
    return known_->imports().contains(folder) || (run && !run->importedFrom.empty());
}

void RunsList::setCurrentRun(const QString& folder) {
    if (overlaid_.removeAll(folder) > 0) Q_EMIT overlayHidden(folder);
    known_->setCurrent(folder);
}

void RunsList::setEnabledFor(bool mayOpen, bool mayContinue) {
    mayOpen_ = mayOpen;
    mayContinue_ = mayContinue;
    showButtons();
}

QStringList RunsList::selected() const {
    QStringList folders;
    for (const auto* item : table_->selectedItems())
        if (const QString path = folderOf(*item); !path.isEmpty()) folders << path;
    folders.sort();
    return folders;
}

QStringList RunsList::compared() const {
    QStringList runs = overlaid_;
    if (runs.size() < 2) runs += selected();
    if (const QString& open = known_->current(); runs.size() < 2 && !open.isEmpty()) runs << open;
    runs.removeDuplicates();
    runs.sort();
    return runs;
}

void RunsList::showButtons() {
    const QStringList runs = selected();
    const bool one = runs.size() == 1 && !isImport(runs.front());
    open_->setEnabled(one && mayOpen_);
    continue_->setEnabled(one && mayContinue_);
    compare_->setEnabled(compared().size() >= 2);
}

void RunsList::moved(const QString& from, const QString& to) {
    const bool drawn = overlaid_.removeAll(from) > 0;
    if (drawn) Q_EMIT overlayHidden(from);
    if (drawn && !to.isEmpty()) overlay(to);
    refresh();
}

void RunsList::showMenu(const QPoint& at) {
    const QStringList runs = selected();
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("runMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString& text, bool enabled, auto act) {
        QAction* action = menu->addAction(text);
        action->setEnabled(enabled);
        connect(action, &QAction::triggered, this, act);
        return action;
    };
    const bool one = runs.size() == 1, some = !runs.isEmpty();
    const bool isOpen = some && runs.contains(known_->current());
    const bool imports = std::any_of(runs.begin(), runs.end(), [this](const QString& run) { return isImport(run); });
    const bool own = !imports && !isOpen;
    add(tr("Open as the model"), open_->isEnabled(), [this, runs] { Q_EMIT openRequested(runs.front()); });
    add(tr("Continue"), continue_->isEnabled(), [this, runs] { Q_EMIT continueRequested(runs.front()); });
    menu->addSeparator();
    add(tr("Add as column of the samples"), some && !imports, [this, runs] {
        for (const QString& run : runs) Q_EMIT columnRequested(run);
    });
    add(tr("Compare"), compare_->isEnabled(), [this] { Q_EMIT compareRequested(compared()); });
    menu->addSeparator();
    add(tr("Rename…"), one && own, [this, runs] { folders_->askForName(runs.front()); })->setShortcut(Qt::Key_F2);
    add(tr("Open folder"), one, [this, runs] { folders_->show(runs.front()); });
    add(tr("Move to the trash…"), some && own, [this, runs] {
        folders_->askToTrash(runs);
    })->setShortcut(QKeySequence::Delete);
    menu->addSeparator();
    add(tr("Draw curves of EDM, D2O or StyleGAN…"), true, [this] { folders_->askForImport(); });
    const bool listed = one && known_->imports().contains(runs.front());
    add(tr("Take the import off the list"), listed, [this, runs] {
        if (overlaid_.removeAll(runs.front()) > 0) Q_EMIT overlayHidden(runs.front());
        known_->removeImport(runs.front());
    });
    menu->addSeparator();
    add(tr("Export the table…"), !known_->runs().empty(), [this] { folders_->askWhereToExport(); });
    menu->popup(at);
}

}  // namespace thaw

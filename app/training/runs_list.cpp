// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/training/runs_list.h"

#include "app/shared/known_runs.h"
#include "app/shared/read_aside.h"
#include "app/shared/run_words.h"
#include "app/shared/watched_folders.h"
#include "app/training/run_folders.h"
#include "app/training/run_steerer.h"
#include "core/formats/imported_log.h"
#include "widgets/base/focus_ring.h"
#include "widgets/base/icons.h"
#include "widgets/base/number_text.h"
#include "widgets/base/theme.h"

#include <QContextMenuEvent>
#include <QDir>
#include <QFileDialog>
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

enum Column { Name, Fid, Kimg, Objective, Freeze, State, Newest, ColumnCount };
constexpr int kFolder = Qt::UserRole;

QString folderOf(const QTreeWidgetItem& item) { return item.data(Name, kFolder).toString(); }

QStringList detailsOf(const RunSummary& run, bool isCurrent) {
    QStringList details;
    const QString name = runName(run);
    if (isCurrent) details << RunsList::tr("%1 (open)").arg(name);
    else if (const QString word = runStanding(run); !word.isEmpty())
        details << QStringLiteral("%1: %2").arg(name, word);
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
      steerer_(new RunSteerer(*known_, this)),
      table_(new QTreeWidget(this)),
      silence_(new QLabel(this)),
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
    layout->addWidget(silence_);
    layout->addWidget(makeButtons());
    silence_->setObjectName(QStringLiteral("silentFolders"));
    silence_->setWordWrap(true);
    silence_->setToolTip(
        tr("The line to that folder is broken, or it is not mounted. It is tried again all the time, and "
           "goes on by itself."));
    silence_->hide();

    new FocusRing(table_);
    table_->setObjectName(QStringLiteral("runsTable"));
    table_->setAccessibleName(tr("Runs"));
    showPlace();
    table_->setFrameShape(QFrame::NoFrame);
    table_->setRootIsDecorated(false);
    table_->setUniformRowHeights(true);
    table_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    table_->setContextMenuPolicy(Qt::CustomContextMenu);
    table_->setColumnCount(ColumnCount);
    table_->setHeaderLabels({tr("Run"), tr("Best distance"), tr("kimg"), tr("Objective"), tr("Frozen"), tr("State"),
                             tr("Newest distance")});
    table_->headerItem()->setToolTip(
        State, tr("What the process that writes the run does, or how it ended, looked at every second or so"));
    table_->header()->moveSection(State, Kimg);  // a narrow list shows name, distance and state
    table_->header()->moveSection(table_->header()->visualIndex(Newest), table_->header()->visualIndex(Kimg));
    table_->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table_->header()->setStretchLastSection(false);  // stretched it may be narrower than its words
    connectTable();
    connect(known_, &KnownRuns::changed, this, &RunsList::fill);
    connect(known_, &KnownRuns::liveChanged, this, [this] { showRuns({known_->current()}); });
    connect(known_, &KnownRuns::updated, this, &RunsList::showRuns);
    connect(known_, &KnownRuns::silenceChanged, this, &RunsList::showSilence);
    connect(known_, &KnownRuns::logged, this, [this](const QString& run, const RunStats& stats, bool whole) {
        for (const QString& drawn : std::as_const(overlaid_)) {
            if (cleanPath(drawn) != cleanPath(run)) continue;
            if (whole) Q_EMIT overlayShown(drawn, stats);
            else Q_EMIT overlayGrown(drawn, stats);
            return;
        }
    });
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
        if (const auto runs = selected(); runs.size() == 1 && !known_->isFar()) folders_->askForName(runs.front());
    });
    key(QKeySequence::Delete, [this] {
        if (!known_->isFar()) folders_->askToTrash(selected());
    });
}

void RunsList::refresh() { known_->refresh(); }

void RunsList::showPlace() {
    table_->setToolTip(
        tr("Tick runs to draw their curves beside the open one and to compare them; right-click for more.\n%1")
            .arg(QDir::toNativeSeparators(known_->folder())));
}

void RunsList::moveTo(const QString& folder, FarFiles* far) {
    showOverlays({});
    known_->moveTo(folder, far);
    steerer_->setFar(far);
    showPlace();
}

void RunsList::fill() {
    const QStringList keep = selected();
    const QString at = table_->currentItem() ? folderOf(*table_->currentItem()) : QString();
    const int scrolled = table_->verticalScrollBar()->value();
    const QSignalBlocker quiet(table_);
    table_->clear();
    items_.clear();
    QList<QTreeWidgetItem*> items;
    for (const RunSummary& run : known_->runs()) {
        auto* item = new QTreeWidgetItem;
        item->setData(Name, kFolder, QString::fromStdString(run.folder));
        fillItem(*item, run);
        items_.insert(cleanPath(folderOf(*item)), item);
        items << item;
    }
    table_->addTopLevelItems(items);
    for (QTreeWidgetItem* item : std::as_const(items)) {
        if (folderOf(*item) == at) table_->setCurrentItem(item, Name, QItemSelectionModel::NoUpdate);
        if (keep.contains(folderOf(*item))) item->setSelected(true);
    }
    dropVanished();
    table_->verticalScrollBar()->setValue(scrolled);
    if (known_->runs().empty()) {
        auto* item = new QTreeWidgetItem(table_, {tr("No run yet")});
        item->setFlags(Qt::NoItemFlags);
    }
    showButtons();
}

// Runs of two folders may have one name.
QString RunsList::nameOf(const RunSummary& run) const {
    const QString folder = known_->watchedFolderOf(run);
    const bool isItself = cleanPath(folder) == cleanPath(QString::fromStdString(run.folder));
    return folder.isEmpty() || isItself ? runName(run)
                                        : tr("%1 in %2", "run in folder").arg(runName(run), QDir(folder).dirName());
}

void RunsList::fillItem(QTreeWidgetItem& item, const RunSummary& run) const {
    const bool isCurrent = known_->isCurrent(run);
    item.setText(Name, nameOf(run));
    item.setText(Objective, objectiveText(run.objective, run.importedFrom));
    item.setText(Freeze, QString::fromStdString(run.freeze));
    item.setText(Kimg, kimgText(run));
    if (run.best) {
        item.setText(Fid, distanceText(*run.best));
        item.setToolTip(Fid, QString::fromStdString(measureTitle(measureOf(*run.best))));
    }
    if (run.last) {
        item.setText(Newest, distanceText(*run.last));
        item.setToolTip(Newest, tr("at %1 kimg").arg(formatNumber(run.last->kimg, 3)));
    }
    for (const Column column : {Kimg, Fid, Newest}) item.setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    const QString standing = isCurrent && (!run.process || run.process->own) ? tr("open") : runStanding(run);
    item.setToolTip(Kimg, standing);
    const auto silent = known_->silentSince(folderOf(item));
    item.setText(State, silent ? tr("no answer since %1").arg(momentText(*silent)) : standing);
    item.setToolTip(State, silent ? tr("At that time: %1").arg(standing) : runDoing(run));
    item.setForeground(State, silent ? QBrush(palette().color(QPalette::Disabled, QPalette::Text)) : QBrush());
    item.setToolTip(Name, detailsOf(run, isCurrent).join(QLatin1Char('\n')));
    QFont font = table_->font();
    font.setBold(isCurrent);
    item.setFont(Name, font);
    if (!isCurrent) item.setCheckState(Name, overlaid_.contains(folderOf(item)) ? Qt::Checked : Qt::Unchecked);
}

// Curves of a run that somebody took away have no row any more that would take them away.
void RunsList::dropVanished() {
    for (const QString& path : QStringList(overlaid_)) {
        if (known_->find(path) || QFileInfo(cleanPath(path)).absolutePath() != cleanPath(known_->folder())) continue;
        overlaid_.removeAll(path);
        tellDrawn();
        Q_EMIT overlayHidden(path);
    }
}

// Rows keep their places while only figures change.
void RunsList::showRuns(const QStringList& folders) {
    const QSignalBlocker quiet(table_);
    for (const QString& folder : folders) {
        QTreeWidgetItem* item = items_.value(cleanPath(folder));
        const RunSummary* run = item ? known_->find(folder) : nullptr;
        if (run) fillItem(*item, *run);
    }
    table_->viewport()->update();
}

void RunsList::showSilence() {
    const QStringList sentences = known_->silences();
    silence_->setText(sentences.join(QLatin1Char('\n')));
    silence_->setVisible(!sentences.isEmpty());
    showRuns(items_.keys());
}

void RunsList::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    known_->setWatching(true);
}

void RunsList::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    known_->setWatching(false);
}

void RunsList::watchFolder(const QString& folder) {
    known_->setWatched(QStringList(known_->watched()) << folder);
    Q_EMIT watchedChanged(known_->watched());
}

void RunsList::unwatchFolder(const QString& folder) {
    QStringList folders = known_->watched();
    if (!folders.removeOne(cleanPath(folder))) return;
    known_->setWatched(folders);
    Q_EMIT watchedChanged(folders);
}

void RunsList::askWhatToWatch() {
    auto* dialog = new QFileDialog(window(), tr("Watch a folder: one of runs, or a run"));
    dialog->setObjectName(QStringLiteral("watchFolder"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &RunsList::watchFolder);
    dialog->open();
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
        tellDrawn();
        Q_EMIT overlayHidden(path);
    }
    showButtons();
}

// Its curves come, and grow, as they are read (KnownRuns::logged).
void RunsList::overlay(const QString& path) {
    overlaid_ << path;
    if (isImport(path)) importCurves(path);
    else tellDrawn();
}

// Logs of other programs are read once, and not followed.
void RunsList::tellDrawn() {
    QStringList drawn;
    for (const QString& path : std::as_const(overlaid_))
        if (!isImport(path)) drawn << path;
    known_->setDrawn(drawn);
}

void RunsList::showOverlays(const QStringList& folders) {
    for (const QString& path : QStringList(overlaid_))
        if (!folders.contains(path)) Q_EMIT overlayHidden(path);
    overlaid_.erase(std::remove_if(overlaid_.begin(), overlaid_.end(),
                                   [&](const QString& path) { return !folders.contains(path); }),
                    overlaid_.end());
    for (const QString& path : folders)
        if (!overlaid_.contains(path) && (known_->isFar() || QFileInfo::exists(path))) {
            if (!known_->isFar() && isImportedLog(path.toStdString())) known_->addImport(path);
            overlay(path);
        }
    tellDrawn();
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
    if (overlaid_.removeAll(folder) > 0) {
        tellDrawn();
        Q_EMIT overlayHidden(folder);
    }
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
    tellDrawn();
    if (drawn) Q_EMIT overlayHidden(from);
    if (drawn && !to.isEmpty()) overlay(to);
    refresh();
}

void RunsList::showMenu(const QPoint& at) {
    const QStringList runs = selected();
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("runMenu"));
    menu->setToolTipsVisible(true);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString& text, bool enabled, auto act) {
        QAction* action = menu->addAction(text);
        action->setEnabled(enabled);
        connect(action, &QAction::triggered, this, act);
        return action;
    };
    // What the files of this machine are needed for.
    const auto addHere = [&](const QString& text, bool enabled, auto act) {
        QAction* action = add(text, enabled && !known_->isFar(), act);
        if (known_->isFar())
            action->setToolTip(tr("These runs lie on another machine, where this cannot be done yet."));
        return action;
    };
    const bool one = runs.size() == 1, some = !runs.isEmpty();
    const bool isOpen = some && runs.contains(known_->current());
    const bool imports = std::any_of(runs.begin(), runs.end(), [this](const QString& run) { return isImport(run); });
    const bool own = !imports && !isOpen;
    add(tr("Open as the model"), open_->isEnabled(), [this, runs] { Q_EMIT openRequested(runs.front()); });
    add(tr("Continue"), continue_->isEnabled(), [this, runs] { Q_EMIT continueRequested(runs.front()); });
    if (one) steerer_->addTo(*menu->addMenu(tr("Steer")), runs.front());
    menu->addSeparator();
    add(tr("Add as column of the samples"), some && !imports, [this, runs] {
        for (const QString& run : runs) Q_EMIT columnRequested(run);
    });
    add(tr("Compare"), compare_->isEnabled(), [this] { Q_EMIT compareRequested(compared()); });
    menu->addSeparator();
    addHere(tr("Rename…"), one && own, [this, runs] { folders_->askForName(runs.front()); })->setShortcut(Qt::Key_F2);
    addHere(tr("Open folder"), one, [this, runs] { folders_->show(runs.front()); });
    addHere(tr("Move to the trash…"), some && own, [this, runs] {
        folders_->askToTrash(runs);
    })->setShortcut(QKeySequence::Delete);
    menu->addSeparator();
    addHere(tr("Draw curves of EDM, D2O or StyleGAN…"), true, [this] { folders_->askForImport(); });
    const bool listed = one && known_->imports().contains(runs.front());
    add(tr("Take the import off the list"), listed, [this, runs] {
        if (overlaid_.removeAll(runs.front()) > 0) Q_EMIT overlayHidden(runs.front());
        known_->removeImport(runs.front());
    });
    addHere(tr("Watch a folder…"), true, [this] { askWhatToWatch(); });
    const RunSummary* first = one ? known_->find(runs.front()) : nullptr;
    if (const QString folder = first ? known_->watchedFolderOf(*first) : QString(); !folder.isEmpty())
        add(tr("Watch %1 no more").arg(QDir(folder).dirName()), true, [this, folder] { unwatchFolder(folder); });
    menu->addSeparator();
    add(tr("Export the table…"), !known_->runs().empty(), [this] { folders_->askWhereToExport(); });
    menu->popup(at);
}

}  // namespace thaw

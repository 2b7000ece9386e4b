// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/samples/sample_menus.h"

#include "app/samples/compare_page.h"
#include "app/shared/known_runs.h"
#include "app/shared/selection.h"
#include "app/shared/settings.h"
#include "widgets/samples/sample_grid.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>

#include <utility>

namespace thaw {
namespace {

constexpr int kMostRuns = 20;  // the newest; a menu must fit the screen

}  // namespace

SampleMenus::SampleMenus(ComparePage& page, Selection& selection, Settings& settings)
    : QObject(&page), page_(page), selection_(selection), settings_(settings) {}

QMenu* SampleMenus::makeColumnMenu() {
    auto* menu = new QMenu(&page_);
    QMenu* steps = menu->addMenu(tr("Original, more steps"));
    for (const int count : offeredSteps())
        connect(steps->addAction(tr("%n step(s)", nullptr, count)), &QAction::triggered, this, [this, count] {
            page_.addColumn({SampleSource::OriginalMultiStep, count});
        });
    connect(menu->addAction(tr("Original, as trained")), &QAction::triggered, this, [this] {
        page_.addColumn({SampleSource::OriginalMultiStep, kTrainedSteps});
    });
    connect(menu->addAction(tr("Original, one step")), &QAction::triggered, this, [this] {
        page_.addColumn({SampleSource::OriginalOneStep, 1});
    });
    connect(menu->addAction(tr("Tuned generator")), &QAction::triggered, this, [this] {
        page_.addColumn({SampleSource::TunedOneStep, 1});
    });
    connect(menu->addAction(tr("Real data")), &QAction::triggered, this, [this] {
        page_.addColumn({SampleSource::RealData, 1});
    });
    menu->addSeparator();
    menu->setToolTipsVisible(true);
    local_ = {menu->addAction(tr("Another model…")), menu->addAction(tr("A run of another folder…"))};
    connect(local_.front(), &QAction::triggered, this, [this] { askForModel(false); });
    connect(local_.back(), &QAction::triggered, this, [this] { askForModel(true); });
    QAction* runs = menu->addSeparator();
    connect(menu, &QMenu::aboutToShow, this, [this, menu, runs] { offerRuns(menu, runs); });
    connect(menu->addAction(tr("Back to three columns")), &QAction::triggered, this, [this] {
        page_.setColumns(defaultColumns());
        page_.restart();
    });
    return menu;
}

// Between the entry `after` and the next separator, anew each time: runs come, go on and are renamed.
void SampleMenus::offerRuns(QMenu* menu, QAction* after) {
    qDeleteAll(std::exchange(offered_, {}));
    if (!runs_) return;
    for (QAction* action : std::as_const(local_)) {
        action->setEnabled(!runs_->isFar());
        action->setToolTip(runs_->isFar() ? tr("Another machine computes, and does not see the files of this one.")
                                          : QString());
    }
    const auto& entries = menu->actions();
    QAction* before = entries.value(entries.indexOf(after) + 1);
    int left = kMostRuns;
    for (const RunSummary& run : runs_->runs()) {
        if (!run.importedFrom.empty()) continue;  // it has no generator that could be shown
        // What has made no step has no generator yet.
        if (!run.kimg || left-- <= 0) continue;
        const bool isOpen = runs_->isCurrent(run);
        const QString folder = QString::fromStdString(run.folder);
        auto* action =
            new QAction(tr("%1 · %2").arg(runName(run), runDetails(run)).replace('&', QLatin1String("&&")), menu);
        action->setData(folder);
        connect(action, &QAction::triggered, this, [this, isOpen, folder] {
            page_.addColumn(isOpen ? ColumnSpec{SampleSource::TunedOneStep, 1}
                                   : ColumnSpec{SampleSource::OtherModel, kTrainedSteps, folder});
        });
        menu->insertAction(before, action);
        offered_ << action;
    }
    if (!offered_.isEmpty()) offered_ << menu->insertSeparator(before);
    runs_->refresh();
}

void SampleMenus::askForModel(bool folder) {
    auto* dialog =
        new QFileDialog(page_.window(), folder ? tr("Samples of another run") : tr("Samples of another model"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    if (folder) dialog->setDirectory(runs_ ? runs_->folder() : defaultRunsFolder());
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        page_.addColumn({SampleSource::OtherModel, kTrainedSteps, path});
    });
    dialog->open();
}

void SampleMenus::showHeadingMenu(int column, const QPoint& at) {
    const int count = int(page_.columns().size());
    auto* menu = new QMenu(&page_);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* reference = menu->addAction(tr("Reference for all columns"));
    reference->setCheckable(true);
    reference->setChecked(page_.grid()->reference() == column);
    connect(reference, &QAction::toggled, this,
            [this, column](bool on) { page_.grid()->setReference(on ? column : -1); });
    menu->addSeparator();
    QAction* left = menu->addAction(tr("Move left"));
    QAction* right = menu->addAction(tr("Move right"));
    QAction* remove = menu->addAction(tr("Remove column"));
    left->setEnabled(column > 0);
    right->setEnabled(column + 1 < count);
    remove->setEnabled(count > 1);
    connect(left, &QAction::triggered, this, [this, column] { page_.moveColumn(column, column - 1); });
    connect(right, &QAction::triggered, this, [this, column] { page_.moveColumn(column, column + 1); });
    connect(remove, &QAction::triggered, this, [this, column] { page_.removeColumn(column); });
    menu->popup(at);
}

void SampleMenus::showImageMenu(int column, quint64 seed, const QPoint& at) {
    auto* menu = new QMenu(&page_);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("Copy image")), &QAction::triggered, this,
            [this, column, seed] { QApplication::clipboard()->setImage(page_.grid()->imageOf(column, seed)); });
    connect(menu->addAction(tr("Copy seed %1").arg(seed)), &QAction::triggered, this,
            [seed] { QApplication::clipboard()->setText(QString::number(seed)); });
    connect(menu->addAction(tr("Save image…")), &QAction::triggered, this,
            [this, column, seed] { askWhereToSave(column, seed); });
    menu->addSeparator();
    connect(menu->addAction(tr("Follow its trajectory")), &QAction::triggered, this, [this, seed] {
        selection_.setSeed(seed);
        page_.setTrajectoryShown(true);
    });
    menu->popup(at);
}

void SampleMenus::askWhereToSave(int column, quint64 seed) {
    auto* dialog =
        new QFileDialog(page_.window(), tr("Save image"), settings_.exportFolder(), QStringLiteral("PNG (*.png)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("png"));
    dialog->selectFile(QStringLiteral("%1.png").arg(seed, 6, 10, QLatin1Char('0')));
    connect(dialog, &QFileDialog::fileSelected, this, [this, column, seed](const QString& path) {
        const QString problem = page_.saveImage(column, seed, path);
        if (!problem.isEmpty()) return Q_EMIT saveFailed(path, problem);
        settings_.setExportFolder(QFileInfo(path).absolutePath());
        Q_EMIT saved(path);
    });
    dialog->open();
}

}  // namespace thaw

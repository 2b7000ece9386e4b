// SPDX-License-Identifier: GPL-3.0-or-later

// What a ComparePage does with one image or one column: menus, trajectory, files.
#include "app/engine/compute_thread.h"
#include "app/samples/compare_page.h"
#include "app/samples/surgery_strip.h"
#include "app/shared/selection.h"
#include "app/shared/settings.h"
#include "app/shared/value_text.h"
#include "widgets/samples/sample_grid.h"
#include "widgets/samples/trajectory_view.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QImageWriter>
#include <QMenu>
#include <QSaveFile>
#include <QSpinBox>
#include <QToolButton>

namespace thaw {

QMenu* ComparePage::columnMenu() {
    auto* menu = new QMenu(this);
    QMenu* steps = menu->addMenu(tr("Original, more steps"));
    for (const int count : offeredSteps())
        connect(steps->addAction(tr("%n step(s)", nullptr, count)), &QAction::triggered, this, [this, count] {
            addColumn({SampleSource::OriginalMultiStep, count});
        });
    connect(menu->addAction(tr("Original, one step")), &QAction::triggered, this, [this] {
        addColumn({SampleSource::OriginalOneStep, 1});
    });
    connect(menu->addAction(tr("Tuned generator")), &QAction::triggered, this, [this] {
        addColumn({SampleSource::TunedOneStep, 1});
    });
    connect(menu->addAction(tr("Real data")), &QAction::triggered, this, [this] {
        addColumn({SampleSource::RealData, 1});
    });
    menu->addSeparator();
    connect(menu->addAction(tr("Another model…")), &QAction::triggered, this, [this] { askForModel(false); });
    connect(menu->addAction(tr("Another run…")), &QAction::triggered, this, [this] { askForModel(true); });
    menu->addSeparator();
    connect(menu->addAction(tr("Back to three columns")), &QAction::triggered, this, [this] {
        setColumns(defaultColumns());
        restart();
    });
    return menu;
}

void ComparePage::askForModel(bool folder) {
    auto* dialog = new QFileDialog(window(), folder ? tr("Samples of another run") : tr("Samples of another model"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    if (folder) dialog->setDirectory(defaultRunsFolder());
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        addColumn({SampleSource::OtherModel, 1, path});
    });
    dialog->open();
}

void ComparePage::addColumn(const ColumnSpec& column) {
    columns_.push_back({column, nextSlot_++});
    showColumns();
    if (column.source != SampleSource::TunedOneStep || !runTitle_.isEmpty()) request(columns_.back());
}

void ComparePage::removeColumn(int column) {
    if (column < 0 || column >= int(columns_.size()) || columns_.size() < 2) return;
    compute_.forgetSamples(columns_[std::size_t(column)].slot);
    columns_.erase(columns_.begin() + column);
    const int reference = grid_->reference();
    for (int c = column; c < int(columns_.size()); ++c) grid_->setSamples(c, grid_->block(c + 1).samples);
    grid_->setReference(reference == column ? -1 : reference > column ? reference - 1 : reference);
    showColumns();
}

void ComparePage::moveColumn(int column, int to) {
    if (column < 0 || to < 0 || column >= int(columns_.size()) || to >= int(columns_.size()) || column == to) return;
    std::swap(columns_[std::size_t(column)], columns_[std::size_t(to)]);
    const SampleColumn a = grid_->block(column).samples, b = grid_->block(to).samples;
    grid_->setSamples(column, b);
    grid_->setSamples(to, a);
    showColumns();
}

void ComparePage::headingMenu(int column, const QPoint& at) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* reference = menu->addAction(tr("Reference for all columns"));
    reference->setCheckable(true);
    reference->setChecked(grid_->reference() == column);
    connect(reference, &QAction::toggled, this, [this, column](bool on) { grid_->setReference(on ? column : -1); });
    menu->addSeparator();
    QAction* left = menu->addAction(tr("Move left"));
    QAction* right = menu->addAction(tr("Move right"));
    QAction* remove = menu->addAction(tr("Remove column"));
    left->setEnabled(column > 0);
    right->setEnabled(column + 1 < int(columns_.size()));
    remove->setEnabled(columns_.size() > 1);
    connect(left, &QAction::triggered, this, [this, column] { moveColumn(column, column - 1); });
    connect(right, &QAction::triggered, this, [this, column] { moveColumn(column, column + 1); });
    connect(remove, &QAction::triggered, this, [this, column] { removeColumn(column); });
    menu->popup(at);
}

void ComparePage::imageMenu(int column, quint64 seed, const QPoint& at) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("Copy image")), &QAction::triggered, this,
            [this, column, seed] { QApplication::clipboard()->setImage(grid_->imageOf(column, seed)); });
    connect(menu->addAction(tr("Copy seed %1").arg(seed)), &QAction::triggered, this,
            [seed] { QApplication::clipboard()->setText(QString::number(seed)); });
    connect(menu->addAction(tr("Save image…")), &QAction::triggered, this, [this, column, seed] {
        auto* dialog =
            new QFileDialog(window(), tr("Save image"), settings_.exportFolder(), QStringLiteral("PNG (*.png)"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setDefaultSuffix(QStringLiteral("png"));
        dialog->selectFile(QStringLiteral("%1.png").arg(seed, 6, 10, QLatin1Char('0')));
        connect(dialog, &QFileDialog::fileSelected, this, [this, column, seed](const QString& path) {
            const QString problem = saveImage(column, seed, path);
            if (!problem.isEmpty()) return Q_EMIT saveFailed(path, problem);
            settings_.setExportFolder(QFileInfo(path).absolutePath());
            Q_EMIT saved(path);
        });
        dialog->open();
    });
    menu->addSeparator();
    connect(menu->addAction(tr("Follow its trajectory")), &QAction::triggered, this, [this, seed] {
        selection_.setSeed(seed);
        setTrajectoryShown(true);
    });
    menu->popup(at);
}

QString ComparePage::saveImage(int column, quint64 seed, const QString& path) const {
    QImage image = grid_->imageOf(column, seed);
    if (image.isNull()) return tr("There is no image of seed %1 in this column.").arg(seed);
    image.setText(QStringLiteral("Model"), modelTitle_);
    const bool real = columns_[std::size_t(column)].spec.source == SampleSource::RealData;
    if (filter_ && !real) image.setText(QStringLiteral("Surgery"), bandText(*filter_));
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return file.errorString();
    QImageWriter writer(&file, "png");
    if (!writer.write(image)) return writer.errorString();
    return file.commit() ? QString() : file.errorString();
}

void ComparePage::setTrajectoryShown(bool shown) {
    trajectoryButton_->setChecked(shown);
    if (trajectory_->isHidden() == !shown) return;
    trajectory_->setVisible(shown);
    if (!shown) return trajectory_->setPlaying(false);
    // Without a choice, the first seed is as good as any.
    if (!selection_.seed()) selection_.setSeed(seeds().front());
    else requestTrajectory();
}

bool ComparePage::trajectoryShown() const { return !trajectory_->isHidden(); }

void ComparePage::requestTrajectory() {
    if (trajectory_->isHidden() || !selection_.seed()) return;
    TrajectoryRequest request;
    request.seed = *selection_.seed();
    request.steps = steps_->value();
    request.shift = shift_;
    trajectoryGeneration_ = compute_.requestTrajectory(request);
    trajectory_->setBusy(true);
}

// Beside the trajectory stands what one step makes of the same seed.
void ComparePage::showStills() {
    if (!selection_.seed()) return;
    std::vector<TrajectoryView::Still> stills;
    for (int c = 0; c < int(columns_.size()); ++c)
        if (columns_[std::size_t(c)].spec.source != SampleSource::RealData && columns_[std::size_t(c)].spec.steps == 1)
            if (QImage image = grid_->imageOf(c, *selection_.seed()); !image.isNull())
                stills.push_back({columnTitle(columns_[std::size_t(c)].spec), image});
    trajectory_->setStills(stills);
}

}  // namespace thaw

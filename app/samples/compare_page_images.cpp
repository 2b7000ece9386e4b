// SPDX-License-Identifier: GPL-3.0-or-later

// What a ComparePage does with one image: its file, and the trajectory of its seed.
#include "app/engine/compute_thread.h"
#include "app/samples/compare_page.h"
#include "app/samples/sample_columns.h"
#include "app/shared/selection.h"
#include "app/shared/value_text.h"
#include "widgets/base/stale_veil.h"
#include "widgets/samples/sample_grid.h"
#include "widgets/samples/trajectory_view.h"

#include <QImageWriter>
#include <QSaveFile>
#include <QSpinBox>
#include <QTimer>
#include <QToolButton>

namespace thaw {

QString ComparePage::saveImage(int column, quint64 seed, const QString& path) const {
    QImage image = grid_->imageOf(column, seed);
    if (image.isNull()) return tr("There is no image of seed %1 in this column.").arg(seed);
    image.setText(QStringLiteral("Model"), modelTitle_);
    const bool real = columns_->spec(column).source == SampleSource::RealData;
    if (!grid_->staleWord(column).isEmpty())
        return tr("The image of seed %1 is out of date: it is not what is asked for now. Wait until it is drawn anew.")
            .arg(seed);
    const SampleRequest* made = columns_->answered(column);
    if (made && columns_->hasClasses(column))
        image.setText(QStringLiteral("Classes"), QString::fromStdString(classText(made->classes)));
    if (made && !real)
        for (const BandFilter& band : made->surgery) image.setText(QStringLiteral("Surgery"), bandText(band));
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
    if (!selection_.seed()) selection_.setSeed(columns_->seeds().front());
    else requestTrajectory();
}

bool ComparePage::trajectoryShown() const { return !trajectory_->isHidden(); }

std::optional<TrajectoryRequest> ComparePage::wantedTrajectory() const {
    if (trajectory_->isHidden() || !selection_.seed()) return {};
    TrajectoryRequest request;
    request.seed = *selection_.seed();
    request.steps = chosenSteps();
    request.classes = selection_.classes();
    request.shift = columns_->shift();
    return request;
}

void ComparePage::requestTrajectory() {
    const auto wanted = wantedTrajectory();
    if (!wanted) return;
    trajectoryAsked_ = wanted;
    trajectoryGeneration_ = compute_.requestTrajectory(*wanted);
    trajectory_->setBusy(true);
    showTrajectoryFreshness();
}

void ComparePage::showTrajectoryFreshness() {
    const bool old = trajectory_->step() >= 0 && trajectoryShown_ != wantedTrajectory();
    const bool coming = trajectoryGeneration_ != 0 || idleTimer_->isActive();
    trajectory_->setStale(!old ? QString() : coming ? StaleVeil::updatingWord() : StaleVeil::outdatedWord());
}

// Beside the trajectory stands what one step makes of the same seed.
void ComparePage::showStills() {
    if (!selection_.seed() || trajectory_->isHidden()) return;
    std::vector<TrajectoryView::Still> stills;
    for (int c = 0; c < columns_->count(); ++c)
        if (const SampleBlock& block = grid_->block(c); columns_->spec(c).source != SampleSource::RealData &&
                                                        block.samples.steps == 1 && grid_->staleWord(c).isEmpty())
            if (QImage image = grid_->imageOf(c, *selection_.seed()); !image.isNull())
                stills.push_back({block.title, block.caption, image});
    trajectory_->setStills(stills);
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/samples/compare_page.h"

#include "app/engine/compute_thread.h"
#include "app/figure/export_button.h"
#include "app/samples/surgery_strip.h"
#include "app/shared/make_action.h"
#include "app/shared/segments.h"
#include "app/shared/selection.h"
#include "app/shared/value_text.h"
#include "widgets/base/number_text.h"
#include "widgets/base/theme.h"
#include "widgets/samples/sample_grid.h"
#include "widgets/samples/trajectory_view.h"

#include <QAction>
#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QResizeEvent>
#include <QSpinBox>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace thaw {
namespace {

constexpr int kIdleMs = 180;
constexpr int kNarrow = 720;  // pixels below which the head takes two rows

bool isTuned(const ColumnSpec& column) { return column.source == SampleSource::TunedOneStep; }
bool isSlow(const ColumnSpec& column) { return column.steps > 1; }

}  // namespace

ComparePage::ComparePage(ComputeThread& compute, Selection& selection, Settings& settings, QWidget* parent)
    : QWidget(parent),
      compute_(compute),
      selection_(selection),
      settings_(settings),
      grid_(new SampleGrid(this)),
      trajectory_(new TrajectoryView(this)),
      seedRange_(new QLabel(this)),
      sort_(new QComboBox(this)),
      count_(new QComboBox(this)),
      steps_(new QSpinBox(this)),
      trajectoryButton_(new QToolButton(this)),
      export_(new ExportButton(settings, this)),
      exportSamples_(makeAction(this, tr("&Samples…"))),
      surgeryButton_(new QToolButton(this)),
      surgery_(new SurgeryStrip(this)),
      idleTimer_(new QTimer(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kGrid, 0, kGrid, kGrid);
    layout->setSpacing(kGrid / 2);
    layout->addWidget(buildHead());
    layout->addWidget(surgery_);
    layout->addWidget(grid_, 1);
    layout->addWidget(trajectory_);
    trajectory_->hide();
    idleTimer_->setSingleShot(true);
    idleTimer_->setInterval(kIdleMs);
    connectSurgery();
    setColumns(defaultColumns());
    connectGrid();
    connect(exportSamples_, &QAction::triggered, export_, [this] { export_->ask(); });
    connect(count_, &QComboBox::currentIndexChanged, this, &ComparePage::restart);
    connect(sort_, &QComboBox::currentIndexChanged, this, [this](int index) { grid_->setSort(SampleMetric(index)); });
    connect(steps_, &QSpinBox::valueChanged, this, [this](int steps) {
        const auto first = std::find_if(columns_.begin(), columns_.end(), [](const Shown& c) {
            return c.spec.source == SampleSource::OriginalMultiStep;
        });
        requestTrajectory();
        if (first == columns_.end()) return;
        first->spec.steps = steps;
        showColumns();
        request(*first);
    });
    connect(trajectoryButton_, &QToolButton::toggled, this, &ComparePage::setTrajectoryShown);
    connect(&selection_, &Selection::firstSeedChanged, this, &ComparePage::restart);
    connect(&selection_, &Selection::seedChanged, this, [this](quint64 seed) {
        grid_->setSelectedSeed(seed);
        requestTrajectory();
    });
    connect(idleTimer_, &QTimer::timeout, this, [this] {
        requestWhere(true);
        requestTrajectory();
    });
    connect(compute_.facts(), &Engine::samplesReady, this, &ComparePage::show);
    connect(compute_.facts(), &Engine::trajectoryReady, this, [this](quint64 generation, const Trajectory& trajectory) {
        if (generation != trajectoryGeneration_) return;
        trajectory_->setTrajectory(trajectory);
        showStills();
    });
}

QWidget* ComparePage::buildHead() {
    for (const int count : {4, 16, 36, 64}) count_->addItem(tr("%n image(s)", nullptr, count), count);
    count_->setCurrentIndex(1);
    count_->setToolTip(tr("How many seeds are shown (default: 16)"));
    count_->setAccessibleName(tr("Number of images"));
    sort_->addItems({tr("By seed"), tr("By PSNR"), tr("By sharpness")});
    sort_->setToolTip(
        tr("Order of the images: by seed, by likeness to the reference column (PSNR), or by sharpness (mean squared "
           "Laplacian) of the last column, largest first"));
    sort_->setAccessibleName(tr("Order of the images"));
    steps_->setRange(2, 256);
    steps_->setValue(18);
    steps_->setSuffix(tr(" steps"));
    steps_->setKeyboardTracking(false);
    steps_->setToolTip(
        tr("Steps N of the Heun sampler in the first column; it calls the network 2N − 1 times "
           "(default: 18)"));
    steps_->setAccessibleName(tr("Sampler steps"));
    trajectoryButton_->setObjectName(QStringLiteral("trajectoryButton"));
    trajectoryButton_->setText(tr("Trajectory"));
    trajectoryButton_->setCheckable(true);
    trajectoryButton_->setToolTip(
        tr("Follow the selected image from noise to picture, x and D(x; σ) at every step (T)"));
    trajectoryButton_->setShortcut(Qt::Key_T);
    auto* add = new QToolButton(this);
    add->setObjectName(QStringLiteral("addColumn"));
    add->setText(tr("Add ▾"));
    add->setToolTip(
        tr("Add a column: another number of steps, real images, another model or run. Right-click a heading to move or "
           "remove it"));
    add->setAccessibleName(tr("Add a column"));
    add->setPopupMode(QToolButton::InstantPopup);
    add->setProperty("thawRole", "menu");
    add->setMenu(columnMenu());
    makeMuted(seedRange_);
    seedRange_->setObjectName(QStringLiteral("seedRange"));

    auto* head = new QWidget(this);
    head_ = new QBoxLayout(QBoxLayout::LeftToRight, head);
    head_->setContentsMargins(0, 0, 0, 0);
    head_->setSpacing(kGrid / 2);
    auto* first = new QHBoxLayout;
    auto* second = new QHBoxLayout;
    head_->addLayout(first);
    head_->addLayout(second, 1);
    modes_ = addSegments(first, head,
                         {{tr("Plain"), tr("Every column its own images; hold Shift to see the reference in place")},
                          {tr("Wipe"), tr("Left of a line the reference, right of it the image; drag the line (W)")},
                          {tr("Difference"), tr("Image minus reference: orange is brighter, blue is darker (D)")}});
    first->addWidget(trajectoryButton_);
    first->addWidget(surgeryButton_);
    first->addWidget(seedRange_);
    first->addStretch(1);
    second->addStretch(1);
    for (QWidget* part : {static_cast<QWidget*>(sort_), static_cast<QWidget*>(count_), static_cast<QWidget*>(steps_),
                          static_cast<QWidget*>(add), static_cast<QWidget*>(export_)})
        second->addWidget(part);
    // The layout's own minimum would keep the two rows side by side.
    head->setMinimumWidth(std::max(first->minimumSize().width(), second->minimumSize().width()));
    connect(modes_, &QButtonGroup::idClicked, this, [this](int id) { grid_->setMode(CompareMode(id)); });
    return head;
}

void ComparePage::resizeEvent(QResizeEvent* event) {
    head_->setDirection(event->size().width() < kNarrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void ComparePage::connectGrid() {
    connect(grid_, &SampleGrid::seedSelected, &selection_, &Selection::setSeed);
    connect(grid_, &SampleGrid::hovered, this, &ComparePage::hovered);
    connect(grid_, &SampleGrid::modeChanged, this,
            [this](CompareMode mode) { modes_->button(int(mode))->setChecked(true); });
    connect(grid_, &SampleGrid::walked, this, [this](double right, double down) {
        shift_.x += right;
        shift_.y += down;
        showSeeds();
        requestWhere(false);
        idleTimer_->start();
    });
    connect(grid_, &SampleGrid::homeRequested, this, &ComparePage::walkHome);
    connect(grid_, &SampleGrid::imageMenuRequested, this, &ComparePage::imageMenu);
    connect(grid_, &SampleGrid::headingMenuRequested, this, &ComparePage::headingMenu);
}

void ComparePage::walkHome() {
    if (shift_ == LatentShift()) return;
    shift_ = {};
    showSeeds();
    requestWhere(false);
    idleTimer_->start();
}

void ComparePage::setColumns(const std::vector<ColumnSpec>& columns) {
    for (const Shown& column : columns_) compute_.forgetSamples(column.slot);
    columns_.clear();
    for (const ColumnSpec& spec : columns) columns_.push_back({spec, nextSlot_++});
    grid_->setBlockCount(0);
    grid_->setReference(-1);
    grid_->setSeeds(seeds());
    showColumns();
    showSeeds();
}

std::vector<ColumnSpec> ComparePage::columns() const {
    std::vector<ColumnSpec> columns;
    for (const Shown& column : columns_) columns.push_back(column.spec);
    return columns;
}

// Headings, hints and badges of all columns; images stay.
void ComparePage::showColumns() {
    grid_->setBlockCount(int(columns_.size()));
    for (int c = 0; c < int(columns_.size()); ++c) {
        const Shown& column = columns_[std::size_t(c)];
        QString caption = columnCaption(column.spec);
        if (isTuned(column.spec)) {
            const double kimg = grid_->block(c).samples.kimg;
            caption = kimg > 0 ? tr("%1 · %2").arg(runTitle_, formatQuantity(kimg, tr("kimg"), 3)) : runTitle_;
            grid_->setEmptyHint(c, tr("Press Start: what the tuned generator makes of the same seeds appears here."));
        }
        if (filter_ && column.spec.source != SampleSource::RealData)
            caption = caption.isEmpty() ? bandText(*filter_) : tr("%1 · %2").arg(caption, bandText(*filter_));
        grid_->setHeading(c, columnTitle(column.spec), caption);
        grid_->setBusy(
            c, column.generation != 0 && !column.complete && !isTuned(column.spec) ? tr("sampling…") : QString());
    }
    showStills();
}

void ComparePage::setRunTitle(const QString& title) {
    runTitle_ = title;
    showColumns();
}

void ComparePage::restart() {
    showSeeds();
    grid_->setSeeds(seeds());
    for (Shown& column : columns_)
        if (!isTuned(column.spec)) request(column);
    refreshTuned();
    requestTrajectory();
}

void ComparePage::refreshTuned() {
    if (runTitle_.isEmpty()) return;
    for (Shown& column : columns_)
        if (isTuned(column.spec)) request(column);
}

void ComparePage::forgetTuned() {
    for (int c = 0; c < int(columns_.size()); ++c) {
        if (!isTuned(columns_[std::size_t(c)].spec)) continue;
        columns_[std::size_t(c)].generation = 0;
        grid_->clearSamples(c);
    }
    setRunTitle({});
}

void ComparePage::giveUp() {
    for (int c = 0; c < int(columns_.size()); ++c) grid_->setBusy(c, {});
    trajectory_->setBusy(false);
}

bool ComparePage::originalComplete() const {
    return std::all_of(columns_.begin(), columns_.end(),
                       [](const Shown& column) { return isTuned(column.spec) || column.complete; });
}

void ComparePage::requestWhere(bool slow) {
    for (Shown& column : columns_)
        if (isSlow(column.spec) == slow && column.spec.source != SampleSource::RealData &&
            (!isTuned(column.spec) || !runTitle_.isEmpty()))
            request(column);
}

void ComparePage::request(Shown& column) {
    SampleRequest request;
    request.source = column.spec.source;
    request.steps = column.spec.steps;
    request.path = column.spec.path.toStdString();
    request.shift = shift_;
    request.seeds = seeds();
    if (filter_ && column.spec.source != SampleSource::RealData) request.surgery = {*filter_};
    column.complete = false;
    column.generation = compute_.requestSamples(request, column.slot);
    if (!isTuned(column.spec)) grid_->setBusy(int(&column - columns_.data()), tr("sampling…"));
}

void ComparePage::show(quint64 generation, const SampleColumn& samples) {
    for (int c = 0; c < int(columns_.size()); ++c) {
        Shown& column = columns_[std::size_t(c)];
        if (column.generation != generation) continue;
        column.complete = samples.images.size() >= seeds().size();
        grid_->setSamples(c, samples);
        showColumns();
        if (!isTuned(column.spec) && originalComplete()) Q_EMIT originalCompleted();
    }
}

void ComparePage::showSeeds() {
    const auto all = seeds();
    QString text = tr("seeds %1–%2").arg(all.front()).arg(all.back());
    if (shift_ != LatentShift())
        text += tr(", moved (%1, %2)").arg(formatNumber(shift_.x, 3), formatNumber(shift_.y, 3));
    seedRange_->setText(text);
    seedRange_->setToolTip(
        shift_ == LatentShift()
            ? tr("Drag an image to walk through the latents: 1 to the right is the next seed, 1 down is 100 seeds on")
            : tr("Double-click an image to go back to the seeds"));
}

std::vector<std::uint64_t> ComparePage::seeds() const {
    std::vector<std::uint64_t> seeds;
    for (int k = 0; k < count_->currentData().toInt(); ++k) seeds.push_back(selection_.firstSeed() + std::uint64_t(k));
    return seeds;
}

}  // namespace thaw

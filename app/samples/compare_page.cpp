// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/samples/compare_page.h"

#include "app/engine/compute_thread.h"
#include "app/figure/export_button.h"
#include "app/samples/sample_columns.h"
#include "app/samples/sample_menus.h"
#include "app/samples/surgery_strip.h"
#include "app/shared/class_box.h"
#include "app/shared/make_action.h"
#include "app/shared/segments.h"
#include "app/shared/selection.h"
#include "app/shared/value_text.h"
#include "core/values/model_summary.h"
#include "widgets/base/flow_layout.h"
#include "widgets/base/number_text.h"
#include "widgets/base/theme.h"
#include "widgets/samples/sample_grid.h"
#include "widgets/samples/trajectory_view.h"

#include <QAction>
#include <QButtonGroup>
#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QSpinBox>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace thaw {
namespace {

constexpr int kIdleMs = 180;
constexpr int kAsTrained = 1;  // the field's lowest value, which stands for kTrainedSteps

}  // namespace

ComparePage::ComparePage(ComputeThread& compute, Selection& selection, Settings& settings, QWidget* parent)
    : QWidget(parent),
      compute_(compute),
      selection_(selection),
      grid_(new SampleGrid(this)),
      columns_(new SampleColumns(compute, selection, *grid_, this)),
      menus_(new SampleMenus(*this, selection, settings)),
      trajectory_(new TrajectoryView(this)),
      seedRange_(new QLabel(this)),
      sort_(new QComboBox(this)),
      count_(new QComboBox(this)),
      steps_(new QSpinBox(this)),
      classes_(new ClassBox(selection, this)),
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
    connect(columns_, &SampleColumns::changed, this, [this] {
        showStills();
        export_->freshnessChanged();
    });
    connect(columns_, &SampleColumns::originalCompleted, this, &ComparePage::originalCompleted);
    connect(count_, &QComboBox::currentIndexChanged, this, [this] {
        columns_->setImageCount(count_->currentData().toInt());
        restart();
    });
    connect(sort_, &QComboBox::currentIndexChanged, this, [this](int index) { grid_->setSort(SampleMetric(index)); });
    connect(steps_, &QSpinBox::valueChanged, this, [this] {
        requestTrajectory();
        columns_->setSteps(chosenSteps());
    });
    connect(&selection_, &Selection::classesChanged, this, &ComparePage::restart);
    connect(&selection_, &Selection::classesKnown, columns_, &SampleColumns::showHeadings);
    connect(trajectoryButton_, &QToolButton::toggled, this, &ComparePage::setTrajectoryShown);
    connect(&selection_, &Selection::firstSeedChanged, this, &ComparePage::restart);
    connect(&selection_, &Selection::seedChanged, this, [this](quint64 seed) {
        grid_->setSelectedSeed(seed);
        requestTrajectory();
    });
    connect(idleTimer_, &QTimer::timeout, this, [this] {
        columns_->requestSlow();
        requestTrajectory();
    });
    connect(compute_.facts(), &EngineFacts::trajectoryReady, this,
            [this](quint64 generation, const Trajectory& trajectory) {
                if (generation != trajectoryGeneration_) return;
                trajectoryGeneration_ = 0;
                trajectoryShown_ = trajectoryAsked_;
                trajectory_->setTrajectory(trajectory);
                showStills();
                showTrajectoryFreshness();
            });
    connect(compute_.facts(), &EngineFacts::givenUp, this, [this](const std::vector<quint64>& generations) {
        if (std::find(generations.begin(), generations.end(), trajectoryGeneration_) == generations.end()) return;
        trajectoryGeneration_ = 0;
        trajectory_->setBusy(false);
        showTrajectoryFreshness();
    });
}

int ComparePage::chosenSteps() const {
    return steps_->value() == kAsTrained || columns_->modelIsStudent() ? kTrainedSteps : steps_->value();
}

void ComparePage::setModel(const ModelSummary& model) {
    modelTitle_ = QString::fromStdString(model.title);
    trajectory_->setModel(modelTitle_);
    columns_->setModelIsStudent(model.sampling.isStudent());
    steps_->setEnabled(!model.sampling.isStudent());
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
    steps_->setRange(kAsTrained, 256);
    steps_->setSpecialValueText(tr("as trained"));
    steps_->setSuffix(tr(" steps"));
    steps_->setKeyboardTracking(false);
    steps_->setToolTip(tr(
        "Steps N of the Heun sampler in the first column, which calls the network 2N − 1 times (default: as the "
        "model was trained, a diffusion model in 18 steps up to 32×32 pixels and in 40 above, a student in its own)"));
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
    add->setMenu(menus_->makeColumnMenu());
    makeMuted(seedRange_);
    seedRange_->setObjectName(QStringLiteral("seedRange"));

    auto* head = new QWidget(this);
    auto* row = new FlowLayout(head, kGrid / 2);
    modes_ = addSegments(row, head,
                         {{tr("Plain"), tr("Every column its own images; hold Shift to see the reference in place")},
                          {tr("Wipe"), tr("Left of a line the reference, right of it the image; drag the line (W)")},
                          {tr("Difference"), tr("Image minus reference, mean over the channels: orange is brighter, "
                                                "blue is darker, ±255 is white against black (D)")}});
    // Walking says how far; the controls beside it stay where they are.
    const QString longest = tr("seeds %1–%2").arg(9999).arg(9999) + tr(", moved (%1, %2)").arg(-12.5).arg(-12.5);
    seedRange_->setMinimumWidth(seedRange_->fontMetrics().horizontalAdvance(longest) + 2);
    row->addWidget(trajectoryButton_);
    row->addWidget(surgeryButton_);
    row->addWidget(seedRange_);
    row->addGap();
    for (QWidget* part : {static_cast<QWidget*>(classes_), static_cast<QWidget*>(sort_), static_cast<QWidget*>(count_),
                          static_cast<QWidget*>(steps_), static_cast<QWidget*>(add), static_cast<QWidget*>(export_)})
        row->addWidget(part);
    connect(modes_, &QButtonGroup::idClicked, this, [this](int id) { grid_->setMode(CompareMode(id)); });
    return head;
}

void ComparePage::connectGrid() {
    connect(grid_, &SampleGrid::seedSelected, &selection_, &Selection::setSeed);
    connect(grid_, &SampleGrid::hovered, this, &ComparePage::hovered);
    connect(grid_, &SampleGrid::modeChanged, this,
            [this](CompareMode mode) { modes_->button(int(mode))->setChecked(true); });
    connect(grid_, &SampleGrid::walked, this, [this](double right, double down) {
        moveTo({columns_->shift().x + right, columns_->shift().y + down});
    });
    connect(menus_, &SampleMenus::saved, this, &ComparePage::saved);
    connect(menus_, &SampleMenus::saveFailed, this, &ComparePage::saveFailed);
    connect(grid_, &SampleGrid::homeRequested, this, &ComparePage::walkHome);
    connect(grid_, &SampleGrid::imageMenuRequested, menus_, &SampleMenus::showImageMenu);
    connect(grid_, &SampleGrid::headingMenuRequested, menus_, &SampleMenus::showHeadingMenu);
}

void ComparePage::walkHome() {
    if (shift() != LatentShift()) moveTo({});
}

void ComparePage::moveTo(const LatentShift& shift) {
    columns_->setShift(shift);
    showSeeds();
    columns_->requestQuick();
    waitForRest();
}

void ComparePage::waitForRest() {
    columns_->expectSlow();
    idleTimer_->start();
    showTrajectoryFreshness();
}

const LatentShift& ComparePage::shift() const { return columns_->shift(); }

void ComparePage::setColumns(const std::vector<ColumnSpec>& columns) {
    columns_->set(columns);
    showSeeds();
}

std::vector<ColumnSpec> ComparePage::columns() const { return columns_->specs(); }
void ComparePage::addColumn(const ColumnSpec& column) { columns_->add(column); }
void ComparePage::removeColumn(int column) { columns_->remove(column); }
void ComparePage::moveColumn(int column, int to) { columns_->move(column, to); }

void ComparePage::setRuns(KnownRuns& runs) {
    menus_->setRuns(&runs);
    columns_->setRuns(&runs);
}

void ComparePage::setRunTitle(const QString& title) { columns_->setRunTitle(title); }

void ComparePage::restart() {
    showSeeds();
    columns_->restart();
    // Of the model before, whatever it shows.
    trajectoryShown_.reset();
    requestTrajectory();
}

void ComparePage::refreshTuned() { columns_->refreshTuned(); }
void ComparePage::renewTuned() { columns_->renewTuned(); }
void ComparePage::forgetTuned() { columns_->forgetTuned(); }

bool ComparePage::originalComplete() const { return columns_->originalComplete(); }

void ComparePage::showSeeds() {
    const auto all = columns_->seeds();
    const LatentShift& shift = columns_->shift();
    QString text = tr("seeds %1–%2").arg(all.front()).arg(all.back());
    if (shift != LatentShift()) text += tr(", moved (%1, %2)").arg(formatNumber(shift.x, 3), formatNumber(shift.y, 3));
    seedRange_->setText(text);
    seedRange_->setToolTip(
        shift == LatentShift()
            ? tr("Drag an image to walk through the latents: 1 to the right is the next seed, 1 down is 100 seeds on")
            : tr("Double-click an image to go back to the seeds"));
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compare_page.h"

#include "app/engine/compute.h"
#include "app/export_button.h"
#include "app/selection.h"
#include "widgets/number_text.h"
#include "widgets/sample_grid.h"
#include "widgets/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>
#include <QVBoxLayout>

namespace thaw {
namespace {

constexpr SampleSource kSources[] = {SampleSource::OriginalMultiStep, SampleSource::OriginalOneStep,
                                     SampleSource::TunedOneStep};

}  // namespace

ComparePage::ComparePage(Compute& compute, Selection& selection, Settings& settings, QWidget* parent)
    : QWidget(parent), compute_(compute), selection_(selection), grid_(new SampleGrid(this)),
      seedRange_(new QLabel(this)), count_(new QComboBox(this)), steps_(new QSpinBox(this)),
      export_(new ExportButton(settings, this)) {
    for (const int count : {4, 16, 36, 64}) count_->addItem(tr("%n image(s)", nullptr, count), count);
    count_->setCurrentIndex(1);
    count_->setToolTip(tr("How many seeds are shown (default: 16)"));
    count_->setAccessibleName(tr("Number of images"));
    steps_->setRange(2, 256);
    steps_->setValue(18);
    steps_->setSuffix(tr(" steps"));
    steps_->setKeyboardTracking(false);
    steps_->setToolTip(tr("Steps N of the Heun sampler in the first column; it calls the network 2N − 1 times "
                          "(default: 18)"));
    steps_->setAccessibleName(tr("Sampler steps"));
    makeMuted(seedRange_);

    auto* head = new QHBoxLayout;
    head->setSpacing(kGrid);
    head->addWidget(seedRange_);
    head->addStretch(1);
    head->addWidget(count_);
    head->addWidget(steps_);
    head->addWidget(export_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kGrid, 0, kGrid, kGrid);
    layout->setSpacing(kGrid);
    layout->addLayout(head);
    layout->addWidget(grid_, 1);

    grid_->setBlockCount(ColumnCount);
    grid_->setEmptyHint(After, tr("Press Start: what the tuned generator makes of the same seeds appears here."));
    setRunTitle({});
    showSeeds();
    export_->setFigure(QStringLiteral("samples"), [this](const QString& path, const FigureOptions& options) {
        SampleFigure figure = grid_->figure();
        figure.title = modelTitle_;
        figure.caption = seedRange_->text();
        figure.provenance = {{tr("model"), modelTitle_}, {tr("run"), runTitle_}};
        return exportFigure(figure, path, options);
    });

    connect(count_, &QComboBox::currentIndexChanged, this, &ComparePage::restart);
    connect(steps_, &QSpinBox::valueChanged, this, [this] {
        showSeeds();
        request(MultiStep);
    });
    connect(&selection_, &Selection::firstSeedChanged, this, &ComparePage::restart);
    connect(&selection_, &Selection::seedChanged, this, [this](quint64 seed) { grid_->setSelectedSeed(seed); });
    connect(grid_, &SampleGrid::seedSelected, &selection_, &Selection::setSeed);
    connect(grid_, &SampleGrid::hovered, this, &ComparePage::hovered);
    connect(compute_.facts(), &Engine::samplesReady, this, &ComparePage::show);
}

void ComparePage::setRunTitle(const QString& title) {
    runTitle_ = title;
    grid_->setHeading(After, tr("1 step, after"), title);
}

void ComparePage::restart() {
    showSeeds();
    request(Before);
    request(MultiStep);
    refreshTuned();
}

void ComparePage::refreshTuned() {
    if (!runTitle_.isEmpty()) request(After);
}

void ComparePage::forgetTuned() {
    generation_[After] = 0;
    grid_->clearSamples(After);
    setRunTitle({});
}

void ComparePage::giveUp() {
    for (int column = 0; column < ColumnCount; ++column) grid_->setBusy(column, {});
}

bool ComparePage::originalComplete() const { return complete_[MultiStep] && complete_[Before]; }

void ComparePage::request(Column column) {
    SampleRequest request;
    request.source = kSources[column];
    request.steps = steps_->value();
    request.seeds = seeds();
    complete_[column] = false;
    generation_[column] = compute_.requestSamples(request);
    if (column != After) grid_->setBusy(column, tr("sampling…"));
}

void ComparePage::show(quint64 generation, const SampleColumn& samples) {
    for (const Column column : {MultiStep, Before, After}) {
        if (generation_[column] != generation) continue;
        grid_->setSamples(column, samples);
        complete_[column] = samples.images.size() >= seeds().size();
        if (complete_[column]) grid_->setBusy(column, {});
        if (column == After)
            grid_->setHeading(After, tr("1 step, after"),
                              tr("%1 · %2").arg(runTitle_, formatQuantity(samples.kimg, tr("kimg"), 3)));
        else if (originalComplete()) Q_EMIT originalCompleted();
    }
}

void ComparePage::showSeeds() {
    const auto all = seeds();
    seedRange_->setText(tr("seeds %1–%2").arg(all.front()).arg(all.back()));
    grid_->setHeading(MultiStep, tr("%n step(s)", nullptr, steps_->value()), tr("original, Heun"));
    grid_->setHeading(Before, tr("1 step, before"), tr("original"));
}

std::vector<std::uint64_t> ComparePage::seeds() const {
    std::vector<std::uint64_t> seeds;
    for (int k = 0; k < count_->currentData().toInt(); ++k) seeds.push_back(selection_.firstSeed() + std::uint64_t(k));
    return seeds;
}

}  // namespace thaw

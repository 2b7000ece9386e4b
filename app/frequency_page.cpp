// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/frequency_page.h"

#include "app/engine/compute.h"
#include "app/export_button.h"
#include "app/segments.h"
#include "app/selection.h"
#include "widgets/heatmap_view.h"
#include "widgets/profile_plot.h"
#include "widgets/theme.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QResizeEvent>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace thaw {
namespace {

constexpr int kSpectrumImages = 16;
constexpr int kTableImages = 8;
constexpr int kSettleMs = 120;
constexpr int kNarrow = 480;  // pixels below which the head takes two rows

}  // namespace

FrequencyPage::FrequencyPage(Compute& compute, Selection& selection, Settings& settings, QWidget* parent)
    : QWidget(parent), compute_(compute), selection_(selection), stack_(new QStackedWidget(this)), spectrum_(new HeatmapView(this)), layers_(new HeatmapView(this)),
      profile_(new ProfilePlot(this)), export_(new ExportButton(settings, this)), settle_(new QTimer(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kGrid, 0, kGrid, kGrid);
    layout->setSpacing(kGrid / 2);
    layout->addWidget(buildHead());
    layout->addWidget(stack_, 1);
    for (QWidget* view : {static_cast<QWidget*>(spectrum_), static_cast<QWidget*>(layers_),
                          static_cast<QWidget*>(profile_)})
        stack_->addWidget(view);
    spectrum_->setEmptyText(tr("Select a block in the tree to see the power spectrum of its response."));
    layers_->setEmptyText(tr("Power of every block by spatial frequency."));
    profile_->setEmptyText(tr("Select a block in the tree to see its radial power profile."));
    spectrum_->setAccessibleName(tr("Power spectrum of the selected block"));
    layers_->setAccessibleName(tr("Power of all blocks by frequency"));
    profile_->setAccessibleName(tr("Radial power profile"));
    settle_->setSingleShot(true);
    settle_->setInterval(kSettleMs);

    connect(settle_, &QTimer::timeout, this, &FrequencyPage::request);
    for (HeatmapView* view : {spectrum_, layers_}) connect(view, &HeatmapView::hovered, this, &FrequencyPage::hovered);
    connect(profile_, &CurvePlot::hovered, this, &FrequencyPage::hovered);
    connect(layers_, &HeatmapView::cellActivated, this, [this](int row) {
        selection_.setBlock(layers_->data().y.names[std::size_t(row)]);
    });
    connect(&selection_, &Selection::sigmaChanged, this, [this] { settle_->start(); });
    connect(&selection_, &Selection::blockChanged, this, [this] {
        if (view() != Layers) request();
    });
    connect(&selection_, &Selection::firstSeedChanged, this, [this] { settle_->start(); });
    connect(compute_.facts(), &Engine::spectrumReady, this, [this](quint64 generation, const LayerSpectrum& spectrum) {
        auto& measured = spectra_[spectrum.tuned];
        if (measured.generation != generation) return;
        measured.result = spectrum;
        measured.awaited = false;
        draw();
    });
    connect(compute_.facts(), &Engine::layerTableReady, this, [this](quint64 generation, const LayerTable& table) {
        for (auto& measured : tables_) {
            if (measured.generation != generation) continue;
            measured.result = table;
            measured.awaited = false;
        }
        draw();
    });
    export_->setFigure(QStringLiteral("frequency"), [this](const QString& path, const FigureOptions& options) {
        if (view() == Profile) return exportFigure(profile_->figure(), path, options);
        const HeatmapView* shown = view() == Layers ? layers_ : spectrum_;
        return exportFigure(shown->data(), shown->styleOptions(), path, options);
    });
    setTunedAvailable(false);
}

QWidget* FrequencyPage::buildHead() {
    auto* head = new QWidget(this);
    head_ = new QBoxLayout(QBoxLayout::LeftToRight, head);
    head_->setContentsMargins(0, 0, 0, 0);
    head_->setSpacing(kGrid);
    auto* first = new QHBoxLayout;
    auto* second = new QHBoxLayout;
    head_->addLayout(first);
    head_->addLayout(second, 1);
    views_ = addSegments(first, head, {{tr("Block"), tr("2-D power spectrum of the selected block")},
                                       {tr("Layers"), tr("Power of every block over radial frequency")},
                                       {tr("Profile"), tr("Radial power profile of the selected block")}});
    first->addStretch(1);
    sources_ = addSegments(second, head, {{tr("Before"), tr("The original, pre-trained model")},
                                          {tr("After"), tr("The tuned generator (EMA weights)")},
                                          {tr("Change"), tr("After minus before, in dB, on the same inputs")}});
    second->addStretch(1);
    second->addWidget(export_);
    // The layout's own minimum would keep the two rows side by side.
    head->setMinimumWidth(std::max(first->minimumSize().width(), second->minimumSize().width()));
    connect(views_, &QButtonGroup::idClicked, this, [this](int id) { setView(View(id)); });
    connect(sources_, &QButtonGroup::idClicked, this, [this](int id) { setSource(Source(id)); });
    return head;
}

void FrequencyPage::resizeEvent(QResizeEvent* event) {
    head_->setDirection(event->size().width() < kNarrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void FrequencyPage::setView(View view) {
    views_->button(view)->setChecked(true);
    stack_->setCurrentIndex(view);
    Q_EMIT viewChanged(view);
    request();
}

FrequencyPage::View FrequencyPage::view() const { return View(views_->checkedId()); }

void FrequencyPage::setSource(Source source) {
    if (!tunedAvailable_) source = Original;
    sources_->button(source)->setChecked(true);
    Q_EMIT sourceChanged(source);
    request();
}

FrequencyPage::Source FrequencyPage::source() const { return Source(sources_->checkedId()); }

void FrequencyPage::restart() {
    hasModel_ = true;
    spectra_ = {};
    tables_ = {};
    spectrum_->clear();
    layers_->clear();
    request();
}

void FrequencyPage::setTunedAvailable(bool available) {
    tunedAvailable_ = available;
    for (const Source source : {Tuned, Difference}) {
        sources_->button(source)->setEnabled(available);
    }
    if (!available) {
        spectra_[true] = {};
        tables_[true] = {};
        if (source() != Original) setSource(Original);
    }
}

void FrequencyPage::refreshTuned() {
    if (!needs(true)) return;
    if (view() == Layers) requestLayers(true);
    else requestSpectrum(true);
}

// A profile shows both lines whenever there are two.
bool FrequencyPage::needs(bool tuned) const {
    if (view() == Profile) return !tuned || tunedAvailable_;
    return tuned ? source() != Original : source() != Tuned;
}

void FrequencyPage::request() {
    if (!hasModel_) return;
    for (const bool tuned : {false, true}) {
        if (!needs(tuned)) continue;
        if (view() == Layers) requestLayers(tuned);
        else requestSpectrum(tuned);
    }
    draw();
}

void FrequencyPage::requestSpectrum(bool tuned) {
    if (selection_.block().isEmpty()) return;
    SpectrumRequest request;
    request.block = selection_.block().toStdString();
    request.sigma = selection_.sigma();
    request.images = kSpectrumImages;
    request.firstSeed = selection_.firstSeed();
    request.tuned = tuned;
    spectra_[tuned].generation = compute_.requestSpectrum(request);
    spectra_[tuned].awaited = true;
}

void FrequencyPage::requestLayers(bool tuned) {
    tables_[tuned].generation = compute_.requestLayerTable({selection_.sigma(), kTableImages, tuned});
    tables_[tuned].awaited = true;
}

void FrequencyPage::giveUp() {
    for (auto& measured : spectra_) measured.awaited = false;
    for (auto& measured : tables_) measured.awaited = false;
    showBusy();
}

bool FrequencyPage::isUpToDate() const {
    const auto awaited = [](const auto& measured) { return measured.awaited; };
    return std::none_of(spectra_.begin(), spectra_.end(), awaited) &&
           std::none_of(tables_.begin(), tables_.end(), awaited);
}

void FrequencyPage::draw() {
    if (view() == BlockSpectrum) drawHeatmap(spectrum_, spectra_);
    else if (view() == Layers) drawHeatmap(layers_, tables_);
    else drawProfile();
    showBusy();
    if (isUpToDate()) Q_EMIT upToDate();
}

template <typename Result>
void FrequencyPage::drawHeatmap(HeatmapView* view, const std::array<Measured<Result>, 2>& measured) {
    const auto& before = measured[false].result;
    const auto& after = measured[true].result;
    if (source() == Difference) {
        if (!before || !after) return;
        // Nothing while the two are of different blocks, in the moment between their answers.
        if (const auto difference = differenceOf(heatmapOf(*after), heatmapOf(*before))) {
            view->setRange({});
            view->setData(*difference);
        }
        return;
    }
    const auto& shown = source() == Tuned ? after : before;
    if (!shown) return;
    const HeatmapData data = heatmapOf(*shown);
    // Before and after share one scale, so that switching between them shows the change and nothing else.
    std::optional<std::pair<double, double>> range;
    if (const auto& other = source() == Tuned ? before : after; other && tunedAvailable_) {
        const auto [low, high] = valueRange(data);
        const auto [otherLow, otherHigh] = valueRange(heatmapOf(*other));
        range = {std::min(low, otherLow), std::max(high, otherHigh)};
    }
    view->setRange(range);
    view->setData(data);
}

void FrequencyPage::drawProfile() {
    std::vector<LayerSpectrum> lines;
    for (const auto& measured : spectra_)
        if (measured.result && measured.result->block == selection_.block().toStdString())
            lines.push_back(*measured.result);
    profile_->setLayers(lines);
}

void FrequencyPage::showBusy() {
    const QString text = isUpToDate() ? QString() : tr("measuring…");
    spectrum_->setBusyText(text);
    layers_->setBusyText(text);
}

}  // namespace thaw

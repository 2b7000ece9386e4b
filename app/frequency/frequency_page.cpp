// SPDX-License-Identifier: GPL-3.0-or-later

// What the page shows and when; its controls are in frequency_controls.cpp, the drawing in frequency_drawing.cpp.
#include "app/frequency/frequency_page.h"

#include "app/engine/compute_thread.h"
#include "app/figure/export_button.h"
#include "app/figure/panel_figure.h"
#include "app/figure/panel_text.h"
#include "app/frequency/frequency_actions.h"
#include "app/frequency/frequency_lab.h"
#include "app/shared/selection.h"
#include "core/values/layer_sweep.h"
#include "widgets/base/colour_map.h"
#include "widgets/base/theme.h"
#include "widgets/curves/curve_plot.h"
#include "widgets/figure/frequency_figures.h"
#include "widgets/heatmap/heatmap_view.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

constexpr int kSettleMs = 120;
constexpr int kPlayMs = 600;  // a level

using Blocks = PanelKindEntry::Blocks;
using Levels = PanelKindEntry::Levels;

}  // namespace

FrequencyPage::FrequencyPage(ComputeThread& compute, Selection& selection, Settings& settings, QWidget* parent)
    : QWidget(parent),
      selection_(selection),
      lab_(new FrequencyLab(compute, this)),
      stack_(new QStackedWidget(this)),
      heatmap_(new HeatmapView(this)),
      curves_(new CurvePlot(this)),
      export_(new ExportButton(settings, this)),
      settle_(new QTimer(this)),
      playing_(new QTimer(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kGrid, 0, kGrid, kGrid);
    layout->setSpacing(kGrid / 2);
    layout->addWidget(buildHead());
    layout->addWidget(stack_, 1);
    stack_->addWidget(heatmap_);
    stack_->addWidget(curves_);
    curves_->setSmoothingShown(false);
    settle_->setSingleShot(true);
    settle_->setInterval(kSettleMs);
    playing_->setInterval(kPlayMs);

    connect(settle_, &QTimer::timeout, this, &FrequencyPage::request);
    connect(playing_, &QTimer::timeout, this, &FrequencyPage::playOn);
    connect(heatmap_, &HeatmapView::hovered, this, &FrequencyPage::hovered);
    connect(curves_, &CurvePlot::hovered, this, &FrequencyPage::hovered);
    connect(heatmap_, &HeatmapView::cellActivated, this, &FrequencyPage::cellClicked);
    connect(&selection_, &Selection::sigmaChanged, this, [this] {
        if (kind().levels == Levels::One) settle_->start();
    });
    connect(&selection_, &Selection::firstSeedChanged, this, [this] { settle_->start(); });
    connect(&selection_, &Selection::blockChanged, this, [this] {
        fillOperations();
        if (isBlockView()) request();
    });
    connect(lab_, &FrequencyLab::changed, this, &FrequencyPage::draw);
    export_->setPanel(QStringLiteral("frequency"), [this] { return sheetPanel(); });
    fillOperations();
    setTunedAvailable(false);
    setView(views().front());
    actions_ = new FrequencyActions(*this);
}

std::vector<PanelKind> FrequencyPage::views() {
    std::vector<PanelKind> views;
    for (const PanelPicture& picture : panelPictures())
        if (entryOf(picture.kind).isOnFrequencyPage) views.push_back(picture.kind);
    return views;
}

QString FrequencyPage::viewName(PanelKind view) { return PanelText::tr(pictureOf(view).name); }

PanelKind FrequencyPage::view() const { return PanelKind(views_->currentData().toInt()); }

void FrequencyPage::setView(PanelKind view) {
    const QSignalBlocker quiet(views_);
    views_->setCurrentIndex(views_->findData(int(view)));
    fillOperations();
    Q_EMIT viewChanged(view);
    request();
}

void FrequencyPage::setSource(Source source) {
    if (!lab_->against()) source = Original;
    sources_->button(source)->setChecked(true);
    Q_EMIT sourceChanged(source);
    request();
}

FrequencyPage::Source FrequencyPage::source() const { return Source(sources_->checkedId()); }

void FrequencyPage::restart() {
    hasModel_ = true;
    lab_->restart();
    settingsChanged();
}

void FrequencyPage::setResponses(const std::vector<ResponseInfo>& responses) {
    responses_ = responses;
    fillOperations();
    request();
}

void FrequencyPage::setPlan(const FreezePlan& plan) {
    if (plan == plan_) return;
    plan_ = plan;
    if (view() == PanelKind::Frozen) draw();
}

void FrequencyPage::setTunedAvailable(bool available) {
    tunedAvailable_ = available;
    setAgainst(available || !against_.isEmpty() ? against_ : QString());
}

void FrequencyPage::setAgainst(const QString& path) {
    against_ = path;
    if (!path.isEmpty()) lab_->setAgainst(ModelChoice{ModelChoice::Kind::File, path.toStdString()});
    else if (tunedAvailable_) lab_->setAgainst(ModelChoice{ModelChoice::Kind::Tuned, {}});
    else lab_->setAgainst({});
    if (!lab_->against() && source() != Original) setSource(Original);
    settingsChanged();
}

void FrequencyPage::refreshTuned() {
    lab_->renewTuned();
    request();
}

// With other settings the scale of the colours begins anew.
void FrequencyPage::settingsChanged() {
    locked_.reset();
    showControls();
    request();
}

void FrequencyPage::request() {
    if (!hasModel_) return;
    lab_->want(panel());
}

void FrequencyPage::giveUp() {
    lab_->giveUp();
    draw();
}

bool FrequencyPage::isUpToDate() const { return lab_->isUpToDate() && !settle_->isActive(); }

bool FrequencyPage::isBlockView() const { return kind().blocks == Blocks::One || kind().blocks == Blocks::OneOrWhole; }

// The response that a view of one block shows: of the block itself, of an operation in it, or the denoised image.
const ResponseInfo* FrequencyPage::response() const {
    const QString chosen = operations_->currentData().toString();
    const std::string name = chosen.isEmpty() ? selection_.block().toStdString() : chosen.toStdString();
    const auto found =
        std::find_if(responses_.begin(), responses_.end(), [&](const ResponseInfo& r) { return r.name == name; });
    return found == responses_.end() ? nullptr : &*found;
}

PanelRecipe FrequencyPage::panel() const {
    PanelRecipe panel;
    panel.kind = view();
    const bool sided = sources_->button(Tuned)->isEnabled();
    panel.side = !sided || source() == Original ? PanelSide::A
                 : source() == Tuned            ? PanelSide::B
                                                : PanelSide::Difference;
    panel.sigma = selection_.sigma();
    panel.images = images_;
    panel.firstSeed = selection_.firstSeed();
    panel.hannWindow = hann_;
    panel.removeMean = removeMean_;
    panel.map = colourMapWord(heatmap_->styleOptions().map);
    if (kind().blocks == Blocks::All) {
        const QString operation = operations_->currentData().toString();
        for (const auto& response : responses_)
            if (!operation.isEmpty() && response.operation == operation.toStdString())
                panel.responses.push_back(response.name);
    } else if (kind().blocks == Blocks::OneOrWhole) {
        if (operations_->currentData().toString().isEmpty()) panel.block = selection_.block().toStdString();
    } else if (kind().blocks == Blocks::One) {
        if (const auto* response = this->response()) {
            panel.block = response->name;
            // Whole blocks are measured all at once, so that the next one is there already.
            if (!response->operation.empty() || response->name == "output") panel.responses = {response->name};
        }
    }
    if (kind().subject == PanelKindEntry::Subject::Images) {
        panel.styleGan3 = styleGan3_;
        panel.columns = {{SampleSource::RealData, 1},
                         {SampleSource::OriginalOneStep, 1},
                         {SampleSource::TunedOneStep, 1},
                         {SampleSource::OriginalMultiStep, 18}};
    }
    if (view() == PanelKind::Frozen) panel.freeze = toText(plan_);
    if (locked_ && stack_->currentWidget() == heatmap_) panel.range = locked_;
    return panel;
}

void FrequencyPage::showPanel(const PanelRecipe& panel) {
    const PanelKindEntry& entry = entryOf(panel.kind);
    if (!entry.isOnFrequencyPage) return;
    images_ = panel.images;
    hann_ = panel.hannWindow;
    removeMean_ = panel.removeMean;
    styleGan3_ = panel.styleGan3;
    const auto found = std::find_if(responses_.begin(), responses_.end(),
                                    [&](const ResponseInfo& r) { return r.name == panel.block; });
    if (found != responses_.end() && found->block != "output")
        selection_.setBlock(QString::fromStdString(found->block));
    selection_.setSigma(panel.sigma);
    selection_.setFirstSeed(panel.firstSeed);
    HeatmapStyle style = heatmap_->styleOptions();
    style.map = colourMapOf(panel.map);
    heatmap_->setStyleOptions(style);
    setView(panel.kind);
    QString operation = found != responses_.end() && (!found->operation.empty() || found->name == "output")
                            ? QString::fromStdString(found->name)
                            : QString();
    if (entry.blocks == Blocks::OneOrWhole && panel.block.empty()) operation = QStringLiteral("*");
    if (entry.blocks == Blocks::All && !panel.responses.empty())
        for (const auto& response : responses_)
            if (response.name == panel.responses.front()) operation = QString::fromStdString(response.operation);
    operations_->setCurrentIndex(std::max(0, operations_->findData(operation)));
    setSource(panel.side == PanelSide::A ? Original : panel.side == PanelSide::B ? Tuned : Difference);
    settingsChanged();
    locked_ = panel.range;
    draw();
}

void FrequencyPage::cellClicked(int row) {
    const HeatmapData& data = heatmap_->data();
    const PanelPicture::Rows rows = pictureOf(view()).rows;
    if (rows == PanelPicture::Rows::Blocks) {
        const std::string name = data.y.names[std::size_t(row)].toStdString();
        const auto found =
            std::find_if(responses_.begin(), responses_.end(), [&](const ResponseInfo& r) { return r.name == name; });
        selection_.setBlock(QString::fromStdString(found == responses_.end() ? name : found->block));
    } else if (rows == PanelPicture::Rows::Levels) {
        const auto sigmas = logSpacedSigmas();
        if (std::size_t(row) < sigmas.size()) selection_.setSigma(sigmas[sigmaOfRow(sigmas.size(), row)]);
    }
}

void FrequencyPage::setPlaying(bool playing) {
    const QSignalBlocker quiet(play_);
    play_->setChecked(playing);
    playing ? playing_->start() : playing_->stop();
    showControls();
    if (playing) playOn();
}

bool FrequencyPage::isPlaying() const { return playing_->isActive(); }

// One level further down, once the picture of the last one is there; after the lowest the highest again.
void FrequencyPage::playOn() {
    if (!isUpToDate() || !isVisible()) return;
    const auto sigmas = logSpacedSigmas();
    auto below = std::find_if(sigmas.rbegin(), sigmas.rend(),
                              [&](double sigma) { return sigma < selection_.sigma() * (1 - 1e-6); });
    selection_.setSigma(below == sigmas.rend() ? sigmas.back() : *below);
    settle_->stop();
    request();
}

}  // namespace thaw

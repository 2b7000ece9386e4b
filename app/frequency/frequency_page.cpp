// SPDX-License-Identifier: GPL-3.0-or-later

// What the page shows and when; what can be chosen is in frequency_choices.cpp, what is drawn of the answers in
// frequency_drawing.cpp.
#include "app/frequency/frequency_page.h"

#include "app/engine/compute_thread.h"
#include "app/figure/export_button.h"
#include "app/figure/panel_figure.h"
#include "app/figure/panel_text.h"
#include "app/frequency/frequency_actions.h"
#include "app/frequency/frequency_lab.h"
#include "app/frequency/measure_menu.h"
#include "app/shared/class_box.h"
#include "app/shared/selection.h"
#include "core/values/layer_sweep.h"
#include "widgets/base/colour_map.h"
#include "widgets/base/stale_veil.h"
#include "widgets/base/theme.h"
#include "widgets/curves/curve_plot.h"
#include "widgets/figure/frequency_figures.h"
#include "widgets/heatmap/heatmap_view.h"

#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

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
      measure_(new MeasureMenu([this] { return heatmap()->styleOptions().map; }, this)),
      picture_(new FrequencyPicture(this)),
      export_(new ExportButton(settings, this)),
      head_(new FrequencyHead(views(), measure_, new ClassBox(selection, this), export_, this)),
      veil_(new StaleVeil(picture_)),
      settle_(new QTimer(this)),
      playing_(new QTimer(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kGrid, 0, kGrid, kGrid);
    layout->setSpacing(kGrid / 2);
    layout->addWidget(head_);
    layout->addWidget(picture_, 1);
    settle_->setSingleShot(true);
    settle_->setInterval(kSettleMs);
    playing_->setInterval(kPlayMs);
    connectParts();
    export_->setPanel(QStringLiteral("frequency"), [this] { return sheetPanel(); });
    export_->setFreshness(
        [this] {
            if (!isUpToDate()) return ExportButton::Freshness::Coming;
            return veil_->isStale() ? ExportButton::Freshness::Outdated : ExportButton::Freshness::Fresh;
        },
        [this] { request(); });
    offerParts();
    setTunedAvailable(false);
    setView(views().front());
    actions_ = new FrequencyActions(*this);
}

void FrequencyPage::connectParts() {
    connect(settle_, &QTimer::timeout, this, &FrequencyPage::request);
    connect(playing_, &QTimer::timeout, this, &FrequencyPage::playOn);
    connect(heatmap(), &HeatmapView::hovered, this, &FrequencyPage::hovered);
    connect(curves(), &CurvePlot::hovered, this, &FrequencyPage::hovered);
    connect(heatmap(), &HeatmapView::cellActivated, this, &FrequencyPage::cellClicked);
    connect(&selection_, &Selection::sigmaChanged, this, [this] {
        if (kind().levels == Levels::One) settle();
    });
    connect(&selection_, &Selection::firstSeedChanged, this, &FrequencyPage::settle);
    connect(&selection_, &Selection::classesChanged, this, &FrequencyPage::settingsChanged);
    connect(&selection_, &Selection::blockChanged, this, [this] {
        offerParts();
        if (isBlockView()) request();
    });
    connect(lab_, &FrequencyLab::changed, this, &FrequencyPage::draw);
    connect(head_, &FrequencyHead::viewChosen, this, &FrequencyPage::setView);
    connect(head_, &FrequencyHead::partChosen, this, &FrequencyPage::settingsChanged);
    connect(head_, &FrequencyHead::modelChosen, this, &FrequencyPage::setSource);
    connect(head_, &FrequencyHead::playToggled, this, &FrequencyPage::setPlaying);
    connect(head_, &FrequencyHead::addRequested, this, &FrequencyPage::addToFigureRequested);
    connect(measure_, &MeasureMenu::settingsChanged, this, &FrequencyPage::settingsChanged);
    connect(measure_, &MeasureMenu::colourMapChosen, heatmap(), &HeatmapView::setColourMap);
    connect(measure_, &MeasureMenu::tunedChosen, this, [this] { setAgainst({}); });
    connect(measure_, &MeasureMenu::otherModelWanted, this, &FrequencyPage::againstWanted);
}

std::vector<PanelKind> FrequencyPage::views() {
    std::vector<PanelKind> views;
    for (const PanelPicture& picture : panelPictures())
        if (entryOf(picture.kind).isOnFrequencyPage) views.push_back(picture.kind);
    return views;
}

QString FrequencyPage::viewName(PanelKind view) { return PanelText::tr(pictureOf(view).name); }

PanelKind FrequencyPage::view() const { return head_->view(); }

void FrequencyPage::setView(PanelKind view) {
    head_->setView(view);
    offerParts();
    Q_EMIT viewChanged(view);
    request();
}

void FrequencyPage::setSource(Source source) {
    if (!lab_->against()) source = Original;
    head_->setModel(source);
    Q_EMIT sourceChanged(source);
    request();
}

FrequencyPage::Source FrequencyPage::source() const { return head_->model(); }

void FrequencyPage::restart() {
    hasModel_ = true;
    lab_->restart();
    settingsChanged();
}

void FrequencyPage::setResponses(const std::vector<ResponseInfo>& responses) {
    responses_ = responses;
    offerParts();
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
    measure_->setAgainst(against_, tunedAvailable_);
    if (!lab_->against() && source() != Original) setSource(Original);
    settingsChanged();
}

void FrequencyPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    // Nobody looked while the tuned generator learnt on.
    if (hasModel_ && lab_->isStale(panel())) request();
}

QString FrequencyPage::staleWord() const { return veil_->word(); }

void FrequencyPage::refreshTuned() {
    lab_->renewTuned();
    request();
}

// With other settings the scale of the colours begins anew.
void FrequencyPage::settingsChanged() {
    picture_->setScale({});
    showModels();
    request();
}

void FrequencyPage::request() {
    if (!hasModel_) return;
    lab_->want(panel());
}

// What is drawn does not answer the new settings from this moment on.
void FrequencyPage::settle() {
    settle_->start();
    if (hasModel_) draw();
}

bool FrequencyPage::isUpToDate() const { return lab_->isUpToDate() && !settle_->isActive(); }

bool FrequencyPage::isBlockView() const { return kind().blocks == Blocks::One || kind().blocks == Blocks::OneOrWhole; }

// The response that a view of one block shows: of the block itself, of an operation in it, or the denoised image.
const ResponseInfo* FrequencyPage::response() const {
    const QString chosen = head_->part();
    const std::string name = chosen.isEmpty() ? selection_.block().toStdString() : chosen.toStdString();
    const auto found =
        std::find_if(responses_.begin(), responses_.end(), [&](const ResponseInfo& r) { return r.name == name; });
    return found == responses_.end() ? nullptr : &*found;
}

PanelRecipe FrequencyPage::panel() const {
    PanelRecipe panel;
    panel.kind = view();
    const bool sided = head_->canShow(Tuned);
    panel.side = !sided || source() == Original ? PanelSide::A
                 : source() == Tuned            ? PanelSide::B
                                                : PanelSide::Difference;
    panel.sigma = selection_.sigma();
    const MeasureSettings& how = measure_->settings();
    panel.images = how.images;
    panel.firstSeed = selection_.firstSeed();
    panel.classes = selection_.classes();
    panel.hannWindow = how.hannWindow;
    panel.removeMean = how.removeMean;
    panel.map = colourMapWord(heatmap()->styleOptions().map);
    if (kind().blocks == Blocks::All) {
        const QString operation = head_->part();
        for (const auto& response : responses_)
            if (!operation.isEmpty() && response.operation == operation.toStdString())
                panel.responses.push_back(response.name);
    } else if (kind().blocks == Blocks::OneOrWhole) {
        if (head_->part().isEmpty()) panel.block = selection_.block().toStdString();
    } else if (kind().blocks == Blocks::One) {
        if (const auto* response = this->response()) {
            panel.block = response->name;
            // Whole blocks are measured all at once, so that the next one is there already.
            if (!response->operation.empty() || response->name == "output") panel.responses = {response->name};
        }
    }
    if (kind().subject == PanelKindEntry::Subject::Images) {
        panel.styleGan3 = how.styleGan3;
        panel.columns = {{SampleSource::RealData, 1},
                         {SampleSource::OriginalOneStep, 1},
                         {SampleSource::TunedOneStep, 1},
                         {SampleSource::OriginalMultiStep, kTrainedSteps}};
    }
    if (view() == PanelKind::Frozen) panel.freeze = toText(plan_);
    panel.range = picture_->scale();
    return panel;
}

void FrequencyPage::showPanel(const PanelRecipe& panel) {
    const PanelKindEntry& entry = entryOf(panel.kind);
    if (!entry.isOnFrequencyPage) return;
    measure_->setSettings({panel.images, panel.hannWindow, panel.removeMean, panel.styleGan3});
    const auto found = std::find_if(responses_.begin(), responses_.end(),
                                    [&](const ResponseInfo& r) { return r.name == panel.block; });
    if (found != responses_.end() && found->block != "output")
        selection_.setBlock(QString::fromStdString(found->block));
    selection_.setSigma(panel.sigma);
    selection_.setFirstSeed(panel.firstSeed);
    selection_.setClasses(panel.classes);
    HeatmapStyle style = heatmap()->styleOptions();
    style.map = colourMapOf(panel.map);
    heatmap()->setStyleOptions(style);
    setView(panel.kind);
    QString operation = found != responses_.end() && (!found->operation.empty() || found->name == "output")
                            ? QString::fromStdString(found->name)
                            : QString();
    if (entry.blocks == Blocks::OneOrWhole && panel.block.empty()) operation = QStringLiteral("*");
    if (entry.blocks == Blocks::All && !panel.responses.empty())
        for (const auto& response : responses_)
            if (response.name == panel.responses.front()) operation = QString::fromStdString(response.operation);
    head_->setPart(operation);
    setSource(panel.side == PanelSide::A ? Original : panel.side == PanelSide::B ? Tuned : Difference);
    settingsChanged();
    picture_->setScale(panel.range);
    draw();
}

void FrequencyPage::cellClicked(int row) {
    const HeatmapData& data = heatmap()->data();
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
    playing ? playing_->start() : playing_->stop();
    head_->setPlaying(playing);
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

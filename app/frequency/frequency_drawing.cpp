// SPDX-License-Identifier: GPL-3.0-or-later

// What the frequency page draws of the answers that have come.
#include "app/figure/figure_sources.h"
#include "app/figure/panel_figure.h"
#include "app/frequency/frequency_lab.h"
#include "app/frequency/frequency_page.h"
#include "app/shared/selection.h"
#include "widgets/curves/curve_plot.h"
#include "widgets/heatmap/heatmap_view.h"

#include <QComboBox>
#include <QLabel>
#include <QStackedWidget>

#include <algorithm>

namespace thaw {
namespace {

bool isMapped(PanelKind kind) { return pictureOf(kind).form == PanelPicture::Form::Map; }

// What the scale of a map's colours holds for: the settings without the noise level and the choice between A and B.
PanelRecipe scaleOf(const PanelRecipe& panel) {
    PanelRecipe scale;
    scale.kind = panel.kind;
    if (panel.side == PanelSide::Difference) scale.side = panel.side;
    scale.block = panel.block;
    if (!panel.responses.empty()) scale.responses = {panel.responses.front()};
    scale.images = panel.images;
    scale.hannWindow = panel.hannWindow;
    scale.removeMean = panel.removeMean;
    return scale;
}

HeatmapData mapOf(const PanelFigure& figure) {
    const auto* map = std::get_if<MapFigure>(&figure);
    return map ? map->data : HeatmapData();
}

}  // namespace

PanelFigure FrequencyPage::drawn() const {
    if (stack_->currentWidget() == heatmap_) {
        if (heatmap_->data().empty()) return {};
        return MapFigure{heatmap_->data(), heatmap_->styleOptions()};
    }
    CurveFigure figure = curves_->figure();
    if (figure.series.empty()) return {};
    return figure;
}

// On paper the legend names the models; on screen "before" and "after" say enough.
SheetPanel FrequencyPage::sheetPanel() const {
    SheetPanel sheet;
    sheet.figure = drawn();
    if (isEmpty(sheet.figure) || !figureSources_) return sheet;
    PanelRecipe panel = this->panel();
    if (const auto* map = std::get_if<MapFigure>(&sheet.figure))
        panel.map = map->data.signedValues ? std::string() : panel.map;
    const CurveFigure* shown = std::get_if<CurveFigure>(&sheet.figure);
    if (shown) panel.range = shown->yRange;
    sheet.recipe = figureSources_->recipeOf(panel, bool(lab_->against()));
    if (!sheet.recipe) return sheet;
    PanelData data = lab_->data(panel);
    data.nameA = figureSources_->titleOfA().toStdString();
    data.nameB = figureSources_->titleOfB().toStdString();
    data.model = model_;
    sheet.figure = panelFigure(panel, data);
    return sheet;
}

PanelFigure FrequencyPage::figureOf(const PanelRecipe& panel) const {
    PanelData data = lab_->data(panel);
    data.nameA = nameOf(Original).toStdString();
    data.nameB = nameOf(Tuned).toStdString();
    data.model = model_;
    return panelFigure(panel, data);
}

void FrequencyPage::draw() {
    const PanelRecipe panel = this->panel();
    stack_->setCurrentWidget(isMapped(panel.kind) ? static_cast<QWidget*>(heatmap_) : curves_);
    heatmap_->setAccessibleName(viewName(view()));
    curves_->setAccessibleName(viewName(view()));
    heatmap_->setEmptyText(emptyText());
    curves_->setEmptyText(emptyText());
    // Another scale for another kind of picture, and for other settings of it.
    if (const PanelRecipe scale = scaleOf(panel); scale != lockedFor_) {
        if (lockedFor_) locked_.reset();
        lockedFor_ = scale;
    }
    const PanelFigure figure = figureOf(panel);
    if (isMapped(panel.kind)) {
        PanelRecipe other = panel;
        other.side = panel.side == PanelSide::A ? PanelSide::B : PanelSide::A;
        const bool single = panel.side == PanelSide::Difference || !kind().hasDifference;
        drawMap(mapOf(figure), single ? HeatmapData() : mapOf(figureOf(other)));
    } else {
        const auto* curves = std::get_if<CurveFigure>(&figure);
        drawCurves(curves ? *curves : CurveFigure());
    }
    showProgress();
    if (isUpToDate()) Q_EMIT upToDate();
}

// `other` is what the other side shows: both on one scale, so that switching between them shows the change and nothing
// else. The scale grows with what noise level after noise level brings, and never shrinks.
void FrequencyPage::drawMap(const HeatmapData& shown, const HeatmapData& other) {
    if (shown.empty()) {
        // A picture that is being renewed stays until the new one comes.
        if (lab_->isUpToDate()) heatmap_->clear();
        return;
    }
    for (const HeatmapData* data : {&shown, &other}) {
        if (data->empty()) continue;
        const auto [low, high] = valueRange(*data);
        locked_ =
            locked_ ? std::pair{std::min(locked_->first, low), std::max(locked_->second, high)} : std::pair{low, high};
    }
    heatmap_->setRange(locked_);
    heatmap_->setData(shown);
}

void FrequencyPage::drawCurves(const CurveFigure& figure) {
    if (figure.series.empty()) {
        if (lab_->isUpToDate()) curves_->setFigure({});
        return;
    }
    curves_->setFigure(figure);
}

void FrequencyPage::showProgress() {
    const bool busy = !lab_->isUpToDate();
    const int percent = int(100 * lab_->share());
    progress_->setText(!busy ? QString() : percent > 0 ? tr("measuring… %1 %").arg(percent) : tr("measuring…"));
    heatmap_->setBusyText(busy && heatmap_->data().empty() ? tr("measuring…") : QString());
}

QString FrequencyPage::emptyText() const {
    if (kind().comparesAlways && !lab_->against())
        return tr(
            "Start a run, or choose another model in “Measure”: this view sets one block of B back to A's weights.");
    if (kind().blocks == PanelKindEntry::Blocks::One && !response())
        return selection_.block().isEmpty()
                   ? tr("Select a block in the tree to see the frequencies of its response.")
                   : tr("%1 gives no image-shaped response. Select another block in the tree.").arg(selection_.block());
    if (kind().blocks == PanelKindEntry::Blocks::OneOrWhole && selection_.block().isEmpty() &&
        operations_->currentData().toString().isEmpty())
        return tr("Select a block in the tree, or the whole denoiser in the list above.");
    return tr("Nothing is measured yet.");
}

}  // namespace thaw

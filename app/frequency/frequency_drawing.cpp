// SPDX-License-Identifier: GPL-3.0-or-later

// What the frequency page draws of the answers that have come.
#include "app/figure/figure_sources.h"
#include "app/figure/panel_figure.h"
#include "app/frequency/frequency_lab.h"
#include "app/frequency/frequency_page.h"
#include "app/shared/selection.h"

namespace thaw {
PanelFigure FrequencyPage::drawn() const { return picture_->drawn(); }

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
    PanelRecipe other = panel;
    other.side = panel.side == PanelSide::A ? PanelSide::B : PanelSide::A;
    const bool alone = pictureOf(panel.kind).form != PanelPicture::Form::Map || panel.side == PanelSide::Difference ||
                       !kind().hasDifference;
    picture_->setTexts(viewName(view()), emptyText());
    picture_->draw(panel, figureOf(panel), alone ? PanelFigure() : figureOf(other), !lab_->isUpToDate());
    showProgress();
    if (isUpToDate()) Q_EMIT upToDate();
}

void FrequencyPage::showProgress() {
    const bool busy = !lab_->isUpToDate();
    const int percent = int(100 * lab_->share());
    head_->setProgress(!busy ? QString() : percent > 0 ? tr("measuring… %1 %").arg(percent) : tr("measuring…"));
    picture_->setBusyText(busy ? tr("measuring…") : QString());
}

QString FrequencyPage::emptyText() const {
    if (kind().comparesAlways && !lab_->against())
        return tr(
            "Start a run, or choose another model in “Measure”: this view sets one block of B back to A's weights.");
    if (kind().blocks == PanelKindEntry::Blocks::One && !response())
        return selection_.block().isEmpty()
                   ? tr("Select a block in the tree to see the frequencies of its response.")
                   : tr("%1 gives no image-shaped response. Select another block in the tree.").arg(selection_.block());
    if (kind().blocks == PanelKindEntry::Blocks::OneOrWhole && selection_.block().isEmpty() && head_->part().isEmpty())
        return tr("Select a block in the tree, or the whole denoiser in the list above.");
    return tr("Nothing is measured yet.");
}

}  // namespace thaw

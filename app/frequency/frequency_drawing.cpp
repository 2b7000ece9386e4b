// SPDX-License-Identifier: GPL-3.0-or-later

// What the frequency page draws of the answers that have come.
#include "app/figure/export_button.h"
#include "app/figure/figure_sources.h"
#include "app/figure/panel_figure.h"
#include "app/frequency/frequency_lab.h"
#include "app/frequency/frequency_page.h"
#include "app/shared/open_versions.h"
#include "app/shared/selection.h"
#include "widgets/base/number_text.h"
#include "widgets/base/stale_veil.h"

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
    const PanelFigure figure = figureOf(panel);
    picture_->draw(panel, figure, alone ? PanelFigure() : figureOf(other), !isUpToDate());
    showProgress();
    showFreshness(!isEmpty(figure));
    if (isUpToDate()) Q_EMIT upToDate();
    export_->freshnessChanged();
}

FrequencyPage::Asked FrequencyPage::wanted() const {
    PanelRecipe panel = this->panel();
    panel.range.reset();
    panel.map.clear();
    panel.title.clear();
    return {panel, lab_->against(), lab_->versions().model(), lab_->versions().data(), lab_->versions().run()};
}

void FrequencyPage::showFreshness(bool answered) {
    const Asked now = wanted();
    if (isEmpty(drawn())) shown_.reset();
    else if (answered) shown_ = now;
    const bool old = shown_ && (*shown_ != now || lab_->isStale(panel()));
    veil_->setWord(!old ? QString() : isUpToDate() ? StaleVeil::outdatedWord() : StaleVeil::updatingWord());
}

void FrequencyPage::showProgress() {
    const bool busy = !lab_->isUpToDate();
    const int percent = int(100 * lab_->share());
    const auto kimg = lab_->versions().isLearning() ? lab_->tunedKimg(panel()) : std::nullopt;
    head_->setProgress(busy   ? percent > 0 ? tr("measuring… %1 %").arg(percent) : tr("measuring…")
                         : kimg ? tr("B after %1", "of training").arg(formatQuantity(*kimg, tr("kimg"), 3))
                              : QString());
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
    if (source() == Difference && view() == PanelKind::Spectrum) {
        const PanelData data = lab_->data(panel());
        if (data.spectrumA && data.spectrumB)
            return tr("The responses of A and B differ in size here, so there is no difference to draw.");
    }
    return tr("Nothing is measured yet.");
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later

// What a ComparePage does to the network before it makes images, and its panel for figures.
#include "app/samples/compare_page.h"

#include "app/figure/export_button.h"
#include "app/figure/figure_sources.h"
#include "app/figure/panel_figure.h"
#include "app/samples/surgery_strip.h"
#include "app/shared/selection.h"
#include "app/shared/value_text.h"
#include "widgets/samples/sample_grid.h"

#include <QLabel>
#include <QTimer>
#include <QToolButton>

namespace thaw {

void ComparePage::connectSurgery() {
    surgeryButton_->setObjectName(QStringLiteral("surgeryButton"));
    surgeryButton_->setText(tr("Surgery"));
    surgeryButton_->setCheckable(true);
    surgeryButton_->setToolTip(
        tr("Band surgery: scale a band of frequencies inside the selected block and see every generated image follow "
           "(Ctrl+B)"));
    surgeryButton_->setAccessibleName(tr("Band surgery"));
    surgeryButton_->setShortcut(Qt::CTRL | Qt::Key_B);
    surgery_->hide();
    connect(surgeryButton_, &QToolButton::toggled, surgery_, &QWidget::setVisible);
    connect(&selection_, &Selection::blockChanged, surgery_, &SurgeryStrip::setBlock);
    connect(surgery_, &SurgeryStrip::changed, this, [this] {
        const auto filter = surgery_->filter();
        if (filter == filter_) return;
        filter_ = filter;
        showColumns();
        requestWhere(false);
        idleTimer_->start();
    });
    export_->setPanel(QStringLiteral("samples"), [this] { return sheetPanel(); });
}

void ComparePage::setResponses(const std::vector<ResponseInfo>& responses) { surgery_->setResponses(responses); }
void ComparePage::setSurgeryShown(bool shown) { surgeryButton_->setChecked(shown); }
bool ComparePage::surgeryShown() const { return surgeryButton_->isChecked(); }

// One that is made again needs seeds in a row, latents where they are drawn, and no further models.
SheetPanel ComparePage::sheetPanel() const {
    SheetPanel panel;
    SampleFigure figure = grid_->figure();
    figure.title = modelTitle_;
    figure.caption = seedRange_->text();
    if (filter_) figure.caption += QStringLiteral(" · ") + bandText(*filter_);
    figure.provenance = {{tr("model"), modelTitle_}, {tr("run"), runTitle_}};
    if (filter_) figure.provenance.emplace_back(tr("surgery"), bandText(*filter_));
    panel.figure = figure;
    PanelRecipe recipe;
    recipe.kind = PanelKind::Samples;
    recipe.images = int(seeds().size());
    recipe.firstSeed = selection_.firstSeed();
    if (filter_) recipe.surgery = {*filter_};
    PanelData data;
    bool said = sources_ && shift_ == LatentShift();
    for (int c = 0; c < int(columns_.size()); ++c) {
        const ColumnSpec& column = columns_[std::size_t(c)].spec;
        said = said && column.source != SampleSource::OtherModel;
        // A column that waits for a run has nothing to show.
        if (column.source == SampleSource::TunedOneStep && runTitle_.isEmpty()) continue;
        recipe.columns.emplace_back(column.source, column.steps);
        data.samples.push_back(grid_->block(c).samples);
    }
    if (said) panel.recipe = sources_->recipeOf(recipe);
    if (!panel.recipe) return panel;
    // Exactly what the recipe makes again.
    data.nameA = sources_->titleOfA().toStdString();
    data.nameB = sources_->titleOfB().toStdString();
    panel.figure = samplesFigure(recipe, data);
    return panel;
}

}  // namespace thaw

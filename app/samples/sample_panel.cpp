// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/samples/sample_panel.h"

#include "app/figure/figure_sources.h"
#include "app/figure/panel_figure.h"
#include "app/samples/sample_columns.h"
#include "app/shared/class_box.h"
#include "app/shared/value_text.h"
#include "widgets/samples/sample_grid.h"

#include <QCoreApplication>

namespace thaw {
namespace {

struct SamplePanelWords {
    Q_DECLARE_TR_FUNCTIONS(SamplePanelWords)
};

}  // namespace

SheetPanel samplePanel(const SampleColumns& columns, const SampleGrid& grid, const SamplePanelText& text) {
    SheetPanel panel;
    const auto& filter = columns.filter();
    const QString& run = columns.runTitle();
    SampleFigure figure = grid.figure();
    figure.title = text.modelTitle;
    figure.caption = text.seeds;
    if (const QString order = grid.orderText(); !order.isEmpty()) figure.caption += QStringLiteral(" · ") + order;
    if (filter) figure.caption += QStringLiteral(" · ") + bandText(*filter);
    figure.provenance.insert(figure.provenance.begin(),
                             {{SamplePanelWords::tr("model"), text.modelTitle}, {SamplePanelWords::tr("run"), run}});
    if (filter) figure.provenance.emplace_back(SamplePanelWords::tr("surgery"), bandText(*filter));
    bool conditional = false;
    for (int c = 0; c < columns.count(); ++c) conditional |= columns.hasClasses(c);
    if (conditional) {
        figure.caption += QStringLiteral(" · ") + classCaption(text.classes);
        figure.provenance.emplace_back("classes", QString::fromStdString(classText(text.classes)));
    }
    panel.figure = figure;
    PanelRecipe recipe;
    recipe.kind = PanelKind::Samples;
    recipe.images = int(columns.seeds().size());
    recipe.firstSeed = text.firstSeed;
    recipe.classes = text.classes;
    if (filter) recipe.surgery = {*filter};
    switch (grid.sort()) {
    case SampleMetric::Seed: break;
    case SampleMetric::Psnr: recipe.order = "psnr"; break;
    case SampleMetric::Sharpness: recipe.order = "sharpness"; break;
    }
    PanelData data;
    bool repeatable = text.sources && columns.shift() == LatentShift();
    for (int c = 0; c < columns.count(); ++c) {
        const ColumnSpec column = columns.sampled(c);
        repeatable = repeatable && column.source != SampleSource::OtherModel;
        // A column that waits for a run has nothing to show.
        if (column.source == SampleSource::TunedOneStep && run.isEmpty()) continue;
        if (grid.reference() == c) recipe.reference = int(recipe.columns.size());
        recipe.columns.emplace_back(column.source, column.steps);
        data.samples.push_back(grid.block(c).samples);
    }
    if (repeatable) panel.recipe = text.sources->recipeOf(recipe);
    if (!panel.recipe) return panel;
    // Exactly what the recipe makes again.
    data.nameA = text.sources->titleOfA().toStdString();
    data.nameB = text.sources->titleOfB().toStdString();
    panel.figure = panelFigure(recipe, data);
    return panel;
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/figure/figure_recipe_sheet.h"

#include "app/figure/panel_figure.h"
#include "core/formats/figure_recipe_json.h"
#include "widgets/figure/figure_text.h"

#include <QCoreApplication>

namespace thaw {
namespace {

// One source for all: the first that is named stands, another one beside it does not fit. A panel that needs none names none.
bool agree(RecipeSource& all, const RecipeSource& one) {
    if (one.path.empty()) return true;
    if (all.path.empty()) all = one;
    return all.path == one.path && all.sha256 == one.sha256;
}

}  // namespace

FigureOptions optionsOf(const FigureRecipe& recipe) {
    FigureOptions options;
    options.widthMm = recipe.widthMm;
    options.heightMm = recipe.heightMm;
    options.fontPt = recipe.fontPt;
    options.dpi = recipe.dpi;
    options.fontFamily = QString::fromStdString(recipe.fontFamily);
    options.title = recipe.titles;
    options.caption = recipe.caption;
    return options;
}

FigureSheet sheetOf(const FigureRecipe& recipe, const std::vector<PanelData>& panels) {
    FigureSheet sheet;
    sheet.columns = recipe.columns;
    sheet.letters = recipe.letters;
    sheet.caption = QString::fromStdString(recipe.captionText);
    sheet.recipe = QByteArray::fromStdString(toJson(recipe));
    for (std::size_t i = 0; i < recipe.panels.size(); ++i) {
        SheetPanel panel;
        if (i < panels.size()) panel.figure = panelFigure(recipe.panels[i], panels[i]);
        panel.title = QString::fromStdString(recipe.panels[i].title);
        panel.recipe = recipe;
        panel.recipe->panels = {recipe.panels[i]};
        sheet.panels.push_back(std::move(panel));
    }
    return sheet;
}

std::optional<FigureRecipe> recipeOf(const FigureSheet& sheet, const FigureOptions& options, QString* why) {
    const auto none = [&](const QString& words) {
        if (why) *why = words;
        return std::optional<FigureRecipe>();
    };
    FigureRecipe recipe;
    RecipeSource against;
    for (const SheetPanel& panel : sheet.panels) {
        if (!panel.recipe || panel.recipe->panels.size() != 1)
            return none(FigureText::tr("“%1” shows a generator that is in no file yet, so this figure has no recipe. "
                                       "Save a snapshot or stop the run, then add the panel again.")
                            .arg(panel.title.isEmpty() ? titleOf(panel.figure) : panel.title));
        const FigureRecipe& own = *panel.recipe;
        if (recipe.version.empty()) recipe.version = own.version;
        if (recipe.language.empty()) recipe.language = own.language;
        const bool fits = agree(recipe.model, own.model) && agree(recipe.data, own.data) &&
                          (!own.against || agree(against, *own.against));
        if (!fits)
            return none(
                FigureText::tr("These panels come from different models or data, so the figure has no recipe: one "
                               "names one A, one B and one data set."));
        recipe.panels.push_back(own.panels.front());
        recipe.panels.back().title = panel.title.toStdString();
    }
    if (!against.path.empty()) recipe.against = against;
    recipe.columns = sheet.columns;
    recipe.letters = sheet.letters;
    recipe.captionText = sheet.caption.toStdString();
    recipe.widthMm = options.widthMm;
    recipe.heightMm = options.heightMm;
    recipe.fontPt = options.fontPt;
    recipe.dpi = options.dpi;
    recipe.fontFamily = options.fontFamily.toStdString();
    recipe.titles = options.title;
    recipe.caption = options.caption;
    return recipe;
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/figure/figure_saving.h"

#include "app/figure/figure_arrays.h"
#include "app/figure/figure_paths.h"
#include "core/formats/figure_recipe_json.h"
#include "core/values/error.h"
#include "widgets/figure/figure_file.h"
#include "widgets/figure/figure_text.h"
#include "widgets/figure/recipe_in_file.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace thaw {
namespace {

QString writeRecipeBeside(const QByteArray& recipe, const QString& figure) {
    const QString problem = recipeBesideProblem(figure);
    return problem.isEmpty() ? writeWhole(recipePathOf(figure), recipe) : problem;
}

}  // namespace

QStringList savedFormats() { return figureFormats() << QStringLiteral("npz"); }

QString recipeBesideProblem(const QString& figure) {
    const QString path = recipePathOf(figure);
    if (!QFileInfo::exists(path) || recipeInFile(path).error.isEmpty()) return {};
    return FigureText::tr(
               "%1 is there already and is no recipe, so it was left as it is; give the figure another name.")
        .arg(QDir::toNativeSeparators(path));
}

QString recipePathOf(const QString& figure) {
    const QFileInfo info(figure);
    return info.dir().filePath(info.completeBaseName() + QStringLiteral(".recipe.json"));
}

QString saveFigure(const FigureSheet& sheet, const QString& path, const FigureOptions& options) {
    FigureSheet kept = sheet;
    if (!sheet.recipe.isEmpty()) {
        try {
            const FigureRecipe recipe = figureRecipeFromJson(sheet.recipe.toStdString(), path.toStdString());
            kept.recipe = QByteArray::fromStdString(toJson(withRelativePaths(recipe, QFileInfo(path).absolutePath())));
        } catch (const Error& e) {
            return QString::fromStdString(e.message());
        }
        // Before the figure: nothing of it is left when its recipe cannot be written.
        if (QString problem = writeRecipeBeside(kept.recipe, path); !problem.isEmpty()) return problem;
    }
    if (figureSuffix(path) == QLatin1String("npz")) return writeFigureArrays(kept, path);
    return exportFigure(kept, path, options);
}

OpenedRecipe openRecipe(const QString& path) {
    OpenedRecipe opened;
    opened.folder = QFileInfo(path).absolutePath();
    QByteArray json;
    if (figureSuffix(path) == QLatin1String("npz")) {
        json = recipeInArrays(path, &opened.error);
    } else {
        const FoundRecipe found = recipeInFile(path);
        json = found.json;
        opened.error = found.error;
    }
    if (json.isEmpty()) return opened;
    try {
        opened.recipe = figureRecipeFromJson(json.toStdString(), path.toStdString());
    } catch (const Error& e) {
        opened.error = QString::fromStdString(e.message());
        opened.hint = QString::fromStdString(e.hint());
        opened.impossible = e.code() == ErrorCode::Configuration;
    }
    return opened;
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/figure/figure_paths.h"
#include "core/values/model_name.h"

#include <QDir>

namespace thaw {
namespace {

template <class Change>
FigureRecipe withPaths(FigureRecipe recipe, const Change& change) {
    const auto apply = [&](std::string& path) {
        if (!path.empty() && !isBuiltin(path)) path = change(QString::fromStdString(path)).toStdString();
    };
    apply(recipe.model.path);
    apply(recipe.data.path);
    if (recipe.against) apply(recipe.against->path);
    for (auto& panel : recipe.panels)
        for (auto& run : panel.runs) apply(run);
    return recipe;
}

}  // namespace

FigureRecipe withAbsolutePaths(FigureRecipe recipe, const QString& folder) {
    const QDir base(folder.isEmpty() ? QDir::currentPath() : folder);
    return withPaths(std::move(recipe),
                     [&](const QString& path) { return QDir::cleanPath(base.absoluteFilePath(path)); });
}

FigureRecipe withRelativePaths(FigureRecipe recipe, const QString& folder) {
    const QDir base(folder);
    return withPaths(std::move(recipe), [&](const QString& path) {
        const QString relative = base.relativeFilePath(path);
        return relative.startsWith(QLatin1String("..")) || QDir::isAbsolutePath(relative) ? path : relative;
    });
}

}  // namespace thaw

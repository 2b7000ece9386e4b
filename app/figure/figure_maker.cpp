// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/figure/figure_maker.h"

#include "app/engine/figure_words.h"
#include "app/figure/figure_paths.h"
#include "app/figure/figure_recipe_sheet.h"
#include "app/figure/figure_saving.h"
#include "app/shared/languages.h"
#include "core/values/error.h"
#include "widgets/base/theme.h"
#include "widgets/figure/figure_file.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>

#include <cstdio>

namespace thaw {
namespace {

constexpr int kUsage = 2, kFiles = 3;

int refuse(int code, const QString& what, const QString& hint = {}) {
    std::fprintf(stderr, "thaw: %s\n", qPrintable(what));
    if (!hint.isEmpty()) std::fprintf(stderr, "      %s\n", qPrintable(hint));
    return code;
}

}  // namespace

int makeFigure(QApplication& application, const FigureOrder& order) {
    const QString suffix = figureSuffix(order.out);
    if (!savedFormats().contains(suffix))
        return refuse(kUsage, QStringLiteral("--out '%1': a figure is written as .%2.")
                                  .arg(order.out, savedFormats().join(QStringLiteral(", ."))));
    const QString shown = QDir::toNativeSeparators(order.out);
    if (!order.force && QFileInfo::exists(order.out))
        return refuse(kUsage, QStringLiteral("'%1' exists already.").arg(shown),
                      QStringLiteral("Choose another name, or replace it with --force."));
    if (!QFileInfo(order.out).absoluteDir().exists())
        return refuse(kFiles,
                      QStringLiteral("There is no folder '%1' to write into.").arg(QFileInfo(order.out).absolutePath()),
                      QStringLiteral("Create it first."));
    if (const QString problem = recipeBesideProblem(order.out); !problem.isEmpty()) return refuse(kUsage, problem);
    if (!QFileInfo(QFileInfo(order.out).absolutePath()).isWritable())
        return refuse(kFiles,
                      QStringLiteral("Nothing can be written into '%1'.").arg(QFileInfo(order.out).absolutePath()),
                      QStringLiteral("Choose a folder you may write to."));
    if (!QFileInfo::exists(order.recipe))
        return refuse(kFiles, QStringLiteral("There is no recipe '%1'.").arg(order.recipe),
                      QStringLiteral("Check the path."));
    const OpenedRecipe opened = openRecipe(order.recipe);
    if (!opened.recipe) return refuse(opened.impossible ? kUsage : kFiles, opened.error, opened.hint);

    const FigureRecipe& recipe = *opened.recipe;
    // The figure's own words are a part of it: another desktop's language must not change them.
    installLanguage(application,
                    recipe.language.empty() ? QStringLiteral("en") : QString::fromStdString(recipe.language));
    applyTheme(application, Theme::Light);

    int shownPercent = -1;
    const auto show = [&](double share) {
        const int percent = int(100 * share);
        if (!order.quiet && percent != shownPercent && (percent % 10 == 0 || percent == 1)) {
            shownPercent = percent;
            std::fprintf(stderr, "measuring %d %%\n", percent);
        }
        return true;
    };
    const FigureAnswer answer =
        figureNowInWords(order.device.toStdString(), withAbsolutePaths(recipe, opened.folder), show);
    if (answer.error)
        return refuse(exitCode(*answer.error), QString::fromStdString(answer.message),
                      QString::fromStdString(answer.hint));
    const FigureSheet sheet = sheetOf(answer.recipe, answer.panels);
    const FigureOptions options = optionsOf(answer.recipe);
    if (const QString problem = saveFigure(sheet, order.out, options); !problem.isEmpty())
        return refuse(kFiles, problem);
    const QSizeF page = pageSize(sheet, options);
    // thaw-cli reads this: a point in every locale.
    const QString printed = QStringLiteral("{\"width_mm\": %1, \"height_mm\": %2, \"panels\": %3}\n")
                                .arg(QString::number(page.width()), QString::number(page.height()))
                                .arg(sheet.panels.size());
    if (std::fputs(printed.toUtf8().constData(), stdout) < 0 || std::fflush(stdout) != 0)
        return refuse(kFiles, QStringLiteral("Standard output cannot be written; the figure is."));
    return 0;
}

}  // namespace thaw

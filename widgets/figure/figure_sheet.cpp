// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_sheet.h"

#include "widgets/base/number_text.h"
#include "widgets/figure/figure_csv.h"
#include "widgets/figure/figure_file.h"
#include "widgets/figure/figure_sheet_layout.h"
#include "widgets/figure/figure_text.h"

#include <algorithm>

namespace thaw {
namespace {

template <typename... Visitors>
struct Visit : Visitors... {
    using Visitors::operator()...;
};
template <typename... Visitors>
Visit(Visitors...) -> Visit<Visitors...>;

FigurePart partOfPanel(const PanelFigure& figure) {
    if (isEmpty(figure)) return emptyPart();
    return std::visit(
        Visit{[](std::monostate) { return emptyPart(); }, [](const MapFigure& f) { return partOf(f.data, f.style); },
              [](const auto& f) { return partOf(f); }},
        figure);
}

QString shownTitle(const SheetPanel& panel) { return panel.title.isEmpty() ? titleOf(panel.figure) : panel.title; }

// With the title that is shown instead of its own; empty = its own.
PanelFigure renamed(PanelFigure figure, const QString& title) {
    const auto rename = [&](auto& f) {
        if (!title.isEmpty()) f.title = title;
    };
    std::visit(Visit{[](std::monostate&) {}, [&](MapFigure& f) { rename(f.data); }, [&](auto& f) { rename(f); }},
               figure);
    return figure;
}

// Every caption behind the letters of its panels, each said once.
QString captionOfAll(const FigureSheet& sheet) {
    if (!sheet.caption.isEmpty()) return sheet.caption.simplified();
    QStringList captions, letters;
    std::size_t silent = 0;
    for (std::size_t i = 0; i < sheet.panels.size(); ++i) {
        const QString caption = captionOf(sheet.panels[i].figure).simplified();
        if (caption.isEmpty()) {
            ++silent;
            continue;
        }
        const QString letter = panelLetter(i);
        const qsizetype known = captions.indexOf(caption);
        if (known >= 0) {
            letters[known] += QStringLiteral(", ") + letter;
        } else {
            captions << caption;
            letters << letter;
        }
    }
    const bool agreed = captions.size() == 1 && silent == 0;
    if (sheet.letters && !agreed)
        for (qsizetype i = 0; i < captions.size(); ++i) captions[i] = letters[i] + QLatin1Char(' ') + captions[i];
    return captions.join(QStringLiteral("; "));
}

QString captionAlone(const FigureSheet& sheet) {
    return (sheet.caption.isEmpty() ? captionOf(sheet.panels[0].figure) : sheet.caption).simplified();
}

// The headings of samples say what they are.
QString titleAlone(const PanelFigure& figure, const QString& own) {
    return own.isEmpty() && std::holds_alternative<SampleFigure>(figure) ? QString()
           : own.isEmpty()                                               ? titleOf(figure)
                                                                         : own;
}

SheetPlan planOf(const FigureSheet& sheet, const FigureOptions& options) {
    SheetPlan plan;
    const bool alone = sheet.panels.size() == 1;
    for (std::size_t i = 0; i < sheet.panels.size(); ++i) {
        const SheetPanel& panel = sheet.panels[i];
        plan.parts.push_back(partOfPanel(panel.figure));
        QStringList words;
        if (sheet.letters && !alone) words << panelLetter(i);
        if (options.title) words << (alone ? titleAlone(panel.figure, panel.title) : shownTitle(panel));
        plan.titles << words.join(QLatin1Char(' ')).simplified();
    }
    if (options.caption) plan.caption = alone ? captionAlone(sheet) : captionOfAll(sheet);
    const int count = std::max(1, int(sheet.panels.size()));
    const double aspect = options.heightMm > 0 ? options.widthMm / options.heightMm : 1.5;
    plan.columns = sheet.columns > 0 ? std::min(sheet.columns, count)
                                     : fittingColumns(plan, layoutWidth(options), layoutStyle(options), aspect);
    return plan;
}

QString titleOfAll(const FigureSheet& sheet) {
    QStringList titles;
    for (std::size_t i = 0; i < sheet.panels.size(); ++i) {
        QString title = shownTitle(sheet.panels[i]);
        if (title.isEmpty() && std::holds_alternative<SampleFigure>(sheet.panels[i].figure))
            title = FigureText::tr("Samples");
        if (sheet.letters && sheet.panels.size() > 1) title = (panelLetter(i) + QLatin1Char(' ') + title).trimmed();
        if (!title.isEmpty()) titles << title;
    }
    return titles.join(QStringLiteral("; "));
}

QString emptyPanels(const FigureSheet& sheet) {
    const auto empty = [](const SheetPanel& panel) { return isEmpty(panel.figure); };
    if (std::all_of(sheet.panels.begin(), sheet.panels.end(), empty))
        return FigureText::tr("There is nothing to export yet.");
    const auto found = std::find_if(sheet.panels.begin(), sheet.panels.end(), empty);
    if (found == sheet.panels.end()) return {};
    return FigureText::tr("Panel %1 shows nothing yet. Wait for its measurement, or remove it.")
        .arg(panelLetter(std::size_t(found - sheet.panels.begin())));
}

}  // namespace

bool isEmpty(const PanelFigure& figure) {
    return std::visit(Visit{[](std::monostate) { return true; }, [](const MapFigure& f) { return f.data.empty(); },
                            [](const auto& f) { return isEmpty(f); }},
                      figure);
}

QString titleOf(const PanelFigure& figure) {
    return std::visit(Visit{[](std::monostate) { return QString(); }, [](const MapFigure& f) { return f.data.title; },
                            [](const auto& f) { return f.title; }},
                      figure);
}

QString captionOf(const PanelFigure& figure) {
    return std::visit(Visit{[](std::monostate) { return QString(); }, [](const MapFigure& f) { return f.data.caption; },
                            [](const auto& f) { return f.caption; }},
                      figure);
}

int columnsOf(const FigureSheet& sheet, const FigureOptions& options) {
    return sheet.panels.size() < 2 || !problemWith(options).isEmpty() ? 1 : planOf(sheet, options).columns;
}

QSizeF pageSize(const FigureSheet& sheet, const FigureOptions& options) {
    if (sheet.panels.empty() || !problemWith(options).isEmpty()) return {};
    return pageOf(planOf(sheet, options), options).mm;
}

QString exportFigure(const FigureSheet& sheet, const QString& path, const FigureOptions& options) {
    if (QString problem = emptyPanels(sheet); !problem.isEmpty()) return problem;
    if (sheet.recipe.size() > kMostRecipe)
        return FigureText::tr("The recipe has %1 MiB, which no figure can hold; remove some of its panels.")
            .arg(formatNumber(double(sheet.recipe.size()) / (1 << 20)));
    if (figureSuffix(path) == QLatin1String("csv")) return writeWhole(path, csvOf(sheet));
    if (QString problem = problemWith(options); !problem.isEmpty()) return problem;
    const SheetPlan plan = planOf(sheet, options);
    FigurePage page = pageOf(plan, options);
    page.title = titleOfAll(sheet);
    page.subject = sheet.panels.size() == 1 ? captionAlone(sheet) : captionOfAll(sheet);
    page.recipe = sheet.recipe;
    return writeFigure(path, page, drawingOf(plan, options));
}

QImage renderFigure(const FigureSheet& sheet, const FigureOptions& options) {
    if (sheet.panels.empty() || !problemWith(options).isEmpty()) return {};
    const SheetPlan plan = planOf(sheet, options);
    return paintImage(pageOf(plan, options), drawingOf(plan, options));
}

QByteArray csvOf(const FigureSheet& sheet) {
    QByteArray csv;
    if (!sheet.recipe.isEmpty()) csv = kRecipeLine + onOneLine(sheet.recipe) + '\n';
    for (std::size_t i = 0; i < sheet.panels.size(); ++i) {
        const SheetPanel& panel = sheet.panels[i];
        if (sheet.panels.size() > 1) {
            if (i > 0) csv += '\n';
            csv += QStringLiteral("# panel %1: %2").arg(panelLetter(i), shownTitle(panel)).simplified().toUtf8() + '\n';
        }
        const PanelFigure figure = renamed(panel.figure, panel.title);
        csv +=
            std::visit(Visit{[](std::monostate) { return QByteArray(); },
                             [](const MapFigure& f) { return csvOf(f.data); }, [](const auto& f) { return csvOf(f); }},
                       figure);
    }
    return csv;
}

}  // namespace thaw

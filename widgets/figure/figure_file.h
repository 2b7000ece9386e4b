// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QImage>
#include <QSizeF>
#include <QString>

#include <functional>

class QPaintDevice;

namespace thaw {

inline constexpr double kMmPerInch = 25.4;

/// Draws a figure on a device: `size` and `unitsPerPoint` in the device's units.
using DrawFigure = std::function<void(QPaintDevice& device, const QSizeF& size, double unitsPerPoint)>;

struct FigurePage {
    QSizeF mm;
    int dpi = 300;   ///< PNG only
    QString family;  ///< face of the text, to which SVG adds a generic fallback
    QString title;
    QString subject;    ///< provenance in one line, written into the file's metadata
    QByteArray recipe;  ///< JSON to find in the file again (recipe_in_file.h); empty = none
};

// Where a recipe lies: a PDF's attachment, the text of a PNG and the element of an SVG's metadata (both base64), a CSV's first line.
inline constexpr char kRecipeAttachment[] = "recipe.json";
inline constexpr char kRecipeText[] = "ThawRecipe";
inline constexpr char kRecipeElement[] = "recipe", kRecipeNamespace[] = "urn:thaw:figure-recipe";
inline constexpr char kRecipeLine[] = "# recipe: ";
/// Largest recipe that is written and read.
inline constexpr qsizetype kMostRecipe = 4 << 20;

/// A picture of the figure, with its resolution set.
QImage paintImage(const FigurePage& page, const DrawFigure& draw);

/// Writes the figure in the format of the suffix (pdf, svg, png). Returns an error for the user or an empty string.
QString writeFigure(const QString& path, const FigurePage& page, const DrawFigure& draw);

/// Writes a whole file or none: to a temporary name first, then renamed. Returns an error or an empty string.
QString writeWhole(const QString& path, const QByteArray& bytes);

/// Lower-case suffix of a path.
QString figureSuffix(const QString& path);

}  // namespace thaw

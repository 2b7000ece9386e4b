// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QRectF>
#include <QString>
#include <QStringList>

#include <functional>
#include <vector>

class QPainter;
class QWidget;

namespace thaw {

/// Type, sizes and colours a figure is drawn with. The drawing code knows nothing else about where it draws: the same
/// code serves the screen (one unit a pixel) and paper (a fine grid of many units a point).
struct FigureStyle {
    QFont font;        ///< pixel size set, in painter units
    double pt = 1;     ///< painter units of one typographic point
    QPalette palette;  ///< light on paper
    QColor text, muted, line, background;

    QFont bold() const;
    QFont small() const;  ///< nine tenths: tick labels, captions
    double hairline() const { return 0.5 * pt; }
};

FigureStyle screenStyle(const QWidget& widget);
/// Light theme; an empty family is replaced by `paperFamily()`.
FigureStyle paperStyle(const QString& family, double fontPt, double unitsPerPoint);
/// A sans-serif face that is installed under its own name, so that a file can say it.
QString paperFamily();

double lineHeight(const QFont& font);
double textWidth(const QFont& font, const QString& text);

/// Hears of every text that drawLine has to shorten. For tests: nothing else knows which painted words are cut.
void setElisionListener(std::function<void(const QString&)> listener);

/// One line of text in a box; what does not fit is elided.
void drawLine(QPainter& painter, const QRectF& box, Qt::Alignment alignment, const QString& text, const QFont& font,
              const QColor& colour);
/// One line turned by 90°, reading upwards, centred in a box.
void drawUpwards(QPainter& painter, const QRectF& box, const QString& text, const QFont& font, const QColor& colour);
/// Breaks at spaces, but neither around "=" nor before "·", greedily; a single word wider than `width` is broken after a hyphen,
/// an underscore, a dot or a slash, or else anywhere, so that no name is cut.
QStringList brokenLines(const QString& text, const QFont& font, double width);
/// As many lines as brokenLines, of lengths as even as can be: titles and labels.
QStringList evenLines(const QString& text, const QFont& font, double width);

/// Round tick positions (steps of 1, 2 or 5 · 10^k) inside [low, high], at most `most` of them; `least` bounds the step
/// from below (1 for integers).
std::vector<double> niceTicks(double low, double high, int most, double least = 0);
/// All with the decimals the steps between them need.
QStringList tickTexts(const std::vector<double>& ticks);

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>

class QApplication;
class QLabel;
class QPushButton;
class QWidget;

namespace thaw {

enum class Theme { System, Light, Dark };

/// Palette, style and the little style sheet of the whole program. `System` takes light or dark from the desktop and
/// may be called again when the desktop changes. Widgets follow through QEvent::PaletteChange.
void applyTheme(QApplication& application, Theme theme);

QPalette lightPalette();
QPalette darkPalette();
bool isDark(const QPalette& palette);

// Colours with a meaning, for light and for dark; never the only carrier of that meaning.
QColor accentColour(const QPalette& palette);  ///< what is selected or primary
QColor frozenColour(const QPalette& palette);  ///< ice blue: #2F7FB8 on light, #6CB8E6 on dark
QColor thawedColour(const QPalette& palette);  ///< warm: #D9822B
QColor errorColour(const QPalette& palette);
QColor warningColour(const QPalette& palette);
QColor successColour(const QPalette& palette);
QColor mutedColour(const QPalette& palette);  ///< secondary text: units, captions
QColor lineColour(const QPalette& palette);   ///< 1-px separators and axes
/// Okabe-Ito in fixed order (blue, vermillion, green, purple, orange, sky blue, yellow), made legible on the palette.
QColor seriesColour(int index, const QPalette& palette);

/// Digits of equal width where the font offers them, so that running numbers do not jitter.
QFont tabularFont(const QFont& font);

/// Makes it the one filled button of the window.
void makePrimary(QPushButton* button);
/// A section heading: small, semi-bold, muted.
void makeHeading(QLabel* label);
/// Secondary text: captions, units.
void makeMuted(QLabel* label);
/// A problem said beside a field.
void makeProblem(QLabel* label);

/// False where the desktop asks for no animation.
bool animationsWanted(const QWidget* widget);

/// How many times wider a widget's text runs than a wide face at 9 pt and 96 dots an inch, at least 1: widths that text has
/// to fit into grow by it.
double textScale(const QWidget* widget);

inline constexpr int kGrid = 8;  ///< all distances are multiples or halves of this, in pixels

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/base/theme.h"

#include "widgets/base/calm_style.h"

#include <QApplication>
#include <QFontMetricsF>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QVariant>

#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
#include <QStyleHints>
#endif

#include <algorithm>
#include <array>

namespace thaw {
namespace {

struct Tones {
    QColor window, base, alternate, text, muted, line, button, accent, fill, onFill, disabled;
};

const Tones& tones(bool dark) {
    // `fill` is the accent deep enough for text on it (4.5:1); `line` is decoration and may be fainter than 3:1.
    static const Tones light{"#F3F4F6", "#FFFFFF", "#F8F9FA", "#1F2328", "#5F6871", "#D5D9DE",
                             "#FFFFFF", "#2F7FB8", "#2A75AA", "#FFFFFF", "#8C959E"};
    static const Tones night{"#1F2225", "#17191B", "#1C1F21", "#E4E7EA", "#98A1A9", "#363B40",
                             "#2A2E32", "#6CB8E6", "#6CB8E6", "#0D1B25", "#6E767E"};
    return dark ? night : light;
}

QPalette paletteFrom(const Tones& t, bool dark) {
    QPalette p;
    p.setColor(QPalette::Window, t.window);
    p.setColor(QPalette::WindowText, t.text);
    p.setColor(QPalette::Base, t.base);
    p.setColor(QPalette::AlternateBase, t.alternate);
    p.setColor(QPalette::Text, t.text);
    p.setColor(QPalette::PlaceholderText, t.muted);
    p.setColor(QPalette::Button, t.button);
    p.setColor(QPalette::ButtonText, t.text);
    p.setColor(QPalette::BrightText, t.onFill);
    p.setColor(QPalette::Highlight, t.fill);
    p.setColor(QPalette::HighlightedText, t.onFill);
    p.setColor(QPalette::Link, t.accent);
    p.setColor(QPalette::LinkVisited, t.accent);
    p.setColor(QPalette::ToolTipBase, dark ? QColor("#2A2E32") : QColor("#FFFFFF"));
    p.setColor(QPalette::ToolTipText, t.text);
    p.setColor(QPalette::Light, dark ? t.window.lighter(130) : QColor("#FFFFFF"));
    p.setColor(QPalette::Midlight, dark ? t.window.lighter(115) : QColor("#ECEEF0"));
    p.setColor(QPalette::Mid, t.line);
    p.setColor(QPalette::Dark, dark ? QColor("#4A5056") : QColor("#B5BBC2"));
    p.setColor(QPalette::Shadow, dark ? QColor("#0B0C0D") : QColor("#9AA1A9"));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, t.disabled);
    p.setColor(QPalette::Disabled, QPalette::Highlight, t.line);
    p.setColor(QPalette::Disabled, QPalette::HighlightedText, t.disabled);
    return p;
}

QColor mix(const QColor& a, const QColor& b, double share) {
    const auto part = [&](double x, double y) { return x + (y - x) * share; };
    return QColor::fromRgbF(float(part(a.redF(), b.redF())), float(part(a.greenF(), b.greenF())),
                            float(part(a.blueF(), b.blueF())));
}

QString styleSheet(const QPalette& palette) {
    const Tones& t = tones(isDark(palette));
    QString sheet = QStringLiteral(R"(
        QToolTip { color: %text%; background: %tip%; border: 1px solid %line%; padding: 4px 6px; }
        QMainWindow::separator { background: %line%; width: 1px; height: 1px; }
        QMainWindow::separator:hover { background: %accent%; }
        QToolBar { border: 0; border-bottom: 1px solid %line%; spacing: 4px; padding: 4px 8px; }
        QStatusBar { border-top: 1px solid %line%; }
        QStatusBar::item { border: 0; }
        QDockWidget { font-weight: 600; }
        QDockWidget::title { padding: 6px 8px; background: %window%; }
        QHeaderView { background: %base%; border: 0; }
        QHeaderView::section { background: %base%; color: %muted%; border: 0; border-bottom: 1px solid %line%;
                               padding: 4px 6px; }
        QLabel[thawRole="heading"] { color: %muted%; font-weight: 600; }
        QLabel[thawRole="muted"] { color: %muted%; }
        QLabel[thawRole="problem"] { color: %error%; }
        QPushButton { border: 1px solid %line%; border-radius: 4px; background: %button%; padding: 4px 12px; }
        QPushButton:hover { border-color: %accent%; }
        QPushButton:focus { border-color: %accent%; }
        QPushButton:pressed { background: %line%; }
        QPushButton:disabled { color: %disabled%; background: %window%; }
        QPushButton[thawRole="primary"] { background: %fill%; border-color: %fill%; color: %onfill%; font-weight: 600; }
        QPushButton[thawRole="primary"]:hover { background: %fillhover%; border-color: %fillhover%; }
        QPushButton[thawRole="primary"]:focus { border-color: %text%; }
        QPushButton[thawRole="primary"]:disabled { background: %line%; border-color: %line%; color: %disabled%; }
        QToolButton { border: 1px solid transparent; border-radius: 4px; padding: 3px; }
        QToolButton:hover { border-color: %line%; background: %button%; }
        QToolButton:focus { border-color: %accent%; }
        QToolButton:checked { background: %soft%; border-color: %soft%; }
        QToolButton:checked:focus { border-color: %accent%; }
        QToolButton:pressed { background: %line%; }
        QToolButton[thawRole="chip"] { background: transparent; border-color: transparent; color: %text%; }
        QToolButton[thawRole="chip"]:!checked { color: %disabled%; }
        QToolButton[thawRole="chip"]:hover { border-color: %line%; }
        QToolButton[thawRole="chip"]:focus { border-color: %accent%; }
        QPushButton[thawRole="expander"] { background: transparent; border: 1px solid transparent; padding: 3px 6px 3px 0;
                                           font-weight: 600; color: %muted%; text-align: left; }
        QPushButton[thawRole="expander"]:hover { color: %text%; }
        QPushButton[thawRole="expander"]:focus { border-color: %accent%; }
        QTabWidget::pane { border: 0; border-top: 1px solid %line%; }
        QTabBar::tab { color: %muted%; border: 0; border-bottom: 2px solid transparent; padding: 5px 12px; }
        QTabBar::tab:selected { color: %text%; border-bottom-color: %accent%; }
        QTabBar::tab:hover { color: %text%; }
        QTabBar::tab:selected:focus { color: %accent%; }
        QProgressBar { border: 0; border-radius: 3px; background: %line%; text-align: center; }
        QProgressBar::chunk { background: %accent%; border-radius: 3px; }
        QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
        QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
        QScrollBar::handle { background: %scroll%; border-radius: 3px; margin: 2px; min-height: 24px; min-width: 24px; }
        QScrollBar::handle:hover { background: %muted%; }
        QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
        QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
        QToolButton[thawRole="segment"] { border-color: %line%; border-radius: 0; background: %button%; padding: 3px 6px; }
        QToolButton[thawRole="segment"]:checked { background: %soft%; font-weight: 600; }
        QToolButton[thawRole="segment"]:hover, QToolButton[thawRole="segment"]:focus { border-color: %accent%; }
        QToolButton[thawRole="segment"]:disabled { color: %disabled%; background: %window%; }
        QToolButton[thawRole="menu"] { padding: 3px 8px; }
        QToolButton[thawRole="menu"]::menu-indicator { image: none; }
    )");
    const std::pair<const char*, QColor> colours[] = {{"%text%", t.text},
                                                      {"%muted%", t.muted},
                                                      {"%line%", t.line},
                                                      {"%accent%", t.accent},
                                                      {"%window%", t.window},
                                                      {"%base%", t.base},
                                                      {"%button%", t.button},
                                                      {"%fill%", t.fill},
                                                      {"%onfill%", t.onFill},
                                                      {"%fillhover%", mix(t.fill, t.text, 0.12)},
                                                      {"%disabled%", t.disabled},
                                                      {"%soft%", mix(t.base, t.accent, 0.22)},
                                                      {"%scroll%", mix(t.window, t.muted, 0.45)},
                                                      {"%error%", errorColour(palette)},
                                                      {"%tip%", palette.color(QPalette::ToolTipBase)}};
    for (const auto& [name, colour] : colours) sheet.replace(QLatin1String(name), colour.name());
    return sheet;
}

bool desktopIsDark(const QApplication& application) {
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    const auto scheme = application.styleHints()->colorScheme();
    if (scheme != Qt::ColorScheme::Unknown) return scheme == Qt::ColorScheme::Dark;
#else
    Q_UNUSED(application)
#endif
    // Before 6.5 only the palette a fresh style gets from the platform tells.
    return isDark(QApplication::style()->standardPalette());
}

void setRole(QWidget* widget, const char* role) {
    widget->setProperty("thawRole", QLatin1String(role));
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

}  // namespace

void applyTheme(QApplication& application, Theme theme) {
    static const bool desktopDark = desktopIsDark(application);
    bool dark = theme == Theme::Dark;
    if (theme == Theme::System) {
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
        dark = desktopIsDark(application);
#else
        dark = desktopDark;
#endif
    }
    if (application.property("thawStyled").isNull()) application.setStyle(new CalmStyle);
    application.setProperty("thawStyled", true);
    const QPalette palette = dark ? darkPalette() : lightPalette();
    application.setPalette(palette);
    // Rows carry coloured signs, so their selection is a tint and not a fill.
    QPalette rows = palette;
    rows.setColor(QPalette::Highlight, mix(palette.color(QPalette::Base), tones(dark).accent, dark ? 0.28 : 0.20));
    rows.setColor(QPalette::HighlightedText, tones(dark).text);
    application.setPalette(rows, "QAbstractItemView");
    application.setStyleSheet(styleSheet(palette));
}

QPalette lightPalette() { return paletteFrom(tones(false), false); }
QPalette darkPalette() { return paletteFrom(tones(true), true); }

bool isDark(const QPalette& palette) {
    return palette.color(QPalette::Base).lightness() < palette.color(QPalette::Text).lightness();
}

QColor accentColour(const QPalette& palette) { return tones(isDark(palette)).accent; }
QColor frozenColour(const QPalette& palette) { return tones(isDark(palette)).accent; }
QColor thawedColour(const QPalette&) { return QColor("#D9822B"); }
QColor errorColour(const QPalette& palette) { return isDark(palette) ? QColor("#F2837B") : QColor("#B3261E"); }
QColor warningColour(const QPalette& palette) { return isDark(palette) ? QColor("#E5B567") : QColor("#8A5A00"); }
QColor successColour(const QPalette& palette) { return isDark(palette) ? QColor("#6CC08B") : QColor("#1D7A46"); }
QColor mutedColour(const QPalette& palette) { return tones(isDark(palette)).muted; }
QColor lineColour(const QPalette& palette) { return tones(isDark(palette)).line; }

QColor seriesColour(int index, const QPalette& palette) {
    // Okabe & Ito 2008; the pale ones are darkened on white and the dark ones lightened on black, the hues are kept.
    static const std::array<QColor, 7> light{QColor("#0072B2"), QColor("#D55E00"), QColor("#008A64"), QColor("#B8598F"),
                                             QColor("#B07A00"), QColor("#2F93CC"), QColor("#8F8400")};
    static const std::array<QColor, 7> night{QColor("#4FA3DB"), QColor("#EE7A2B"), QColor("#2DBE93"), QColor("#DB8FBA"),
                                             QColor("#E69F00"), QColor("#7CC7F2"), QColor("#F0E442")};
    const auto& colours = isDark(palette) ? night : light;
    return colours[std::size_t(std::max(index, 0)) % colours.size()];
}

QFont tabularFont(const QFont& font) {
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    QFont tabular = font;
    tabular.setFeature("tnum", 1);
    return tabular;
#else
    return font;
#endif
}

void makePrimary(QPushButton* button) { setRole(button, "primary"); }
void makeHeading(QLabel* label) { setRole(label, "heading"); }
void makeMuted(QLabel* label) { setRole(label, "muted"); }
void makeProblem(QLabel* label) { setRole(label, "problem"); }

double textScale(const QWidget* widget) {
    constexpr double kUsualPixels = 182;  // DejaVu Sans, a wide face, at 9 pt
    const QString letters = QStringLiteral("abcdefghijklmnopqrstuvwxyz");
    return std::max(1.0, QFontMetricsF(widget->font()).horizontalAdvance(letters) / kUsualPixels);
}

bool animationsWanted(const QWidget* widget) {
    return widget->style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, widget) > 0;
}

}  // namespace thaw

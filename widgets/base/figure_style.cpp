// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/base/figure_style.h"

#include "widgets/base/theme.h"

#include <QFontDatabase>
#include <QFontInfo>
#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>
#include <QWidget>

#include <algorithm>
#include <cmath>
#include <utility>

namespace thaw {
namespace {

QFont resized(QFont font, double pixels) {
    font.setPixelSize(std::max(1, int(std::lround(pixels))));
    return font;
}

// A piece of a text that stays on one line, and whether a space stands before it.
struct Piece {
    QString text;
    bool spaced;
};

// A word in as few pieces as fit the width, cut behind a mark where there is one.
std::vector<Piece> piecesOf(const QString& word, const QFont& font, double width) {
    static const QString marks = QStringLiteral("-_./–");
    std::vector<Piece> pieces;
    // Letters below one another are no word any more.
    if (width < 4 * textWidth(font, QStringLiteral("m"))) return {{word, true}};
    qsizetype from = 0;
    while (from < word.size()) {
        qsizetype end = word.size();
        while (end > from + 1 && textWidth(font, word.mid(from, end - from)) > width) --end;
        if (end < word.size())
            for (qsizetype i = end; i > from + 1; --i)
                if (marks.contains(word[i - 1])) {
                    end = i;
                    break;
                }
        pieces.push_back({word.mid(from, end - from), from == 0});
        from = end;
    }
    return pieces;
}

// "σ = 80" stays together, and no line begins with a dot.
QStringList wordsOf(QString text) {
    static const QString equals = QStringLiteral(" = "), joined = QStringLiteral("\u00A0=\u00A0");
    static const QString dot = QStringLiteral(" · "), joinedDot = QStringLiteral("\u00A0· ");
    return text.replace(equals, joined).replace(dot, joinedDot).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

}  // namespace

QFont FigureStyle::bold() const {
    QFont f = font;
    f.setWeight(QFont::DemiBold);
    return f;
}

QFont FigureStyle::small() const { return resized(font, font.pixelSize() * 0.9); }

FigureStyle screenStyle(const QWidget& widget) {
    FigureStyle style;
    style.pt = widget.logicalDpiY() / 72.0;
    style.font = resized(tabularFont(widget.font()), QFontInfo(widget.font()).pixelSize());
    style.palette = widget.palette();
    style.text = style.palette.color(QPalette::Text);
    style.muted = mutedColour(style.palette);
    style.line = lineColour(style.palette);
    style.background = style.palette.color(QPalette::Base);
    return style;
}

FigureStyle paperStyle(const QString& family, double fontPt, double unitsPerPoint) {
    FigureStyle style;
    style.pt = unitsPerPoint;
    style.font = resized(tabularFont(QFont(family.isEmpty() ? paperFamily() : family)), fontPt * unitsPerPoint);
    // Hinting fits glyphs to a screen's pixels; paper has none.
    style.font.setHintingPreference(QFont::PreferNoHinting);
    style.palette = lightPalette();
    style.text = QColor("#000000");
    style.muted = QColor("#4A4F55");
    style.line = QColor("#C4C9CE");
    style.background = QColor("#FFFFFF");
    return style;
}

QString paperFamily() {
    const QStringList installed = QFontDatabase::families();
    for (const char* family : {"Helvetica", "Arial", "Liberation Sans", "Nimbus Sans", "Noto Sans", "DejaVu Sans"})
        if (installed.contains(QLatin1String(family))) return QLatin1String(family);
    return QFontInfo(QFont(QStringLiteral("sans-serif"))).family();
}

double lineHeight(const QFont& font) { return QFontMetricsF(font).height(); }
double textWidth(const QFont& font, const QString& text) { return QFontMetricsF(font).horizontalAdvance(text); }

namespace {

std::function<void(const QString&)>& elisionListener() {
    static std::function<void(const QString&)> listener;
    return listener;
}

}  // namespace

void setElisionListener(std::function<void(const QString&)> listener) { elisionListener() = std::move(listener); }

void drawLine(QPainter& painter, const QRectF& box, Qt::Alignment alignment, const QString& text, const QFont& font,
              const QColor& colour) {
    const QFontMetricsF metrics(font);
    // Half a unit of slack: widths that were measured to fit must not be elided by rounding.
    const QString shown = metrics.horizontalAdvance(text) <= box.width() + 0.5
                              ? text
                              : metrics.elidedText(text, Qt::ElideRight, box.width());
    if (shown != text && elisionListener()) elisionListener()(text);
    const double width = metrics.horizontalAdvance(shown);
    double x = box.left(), y = box.top() + metrics.ascent();
    if (alignment & Qt::AlignRight) x = box.right() - width;
    if (alignment & Qt::AlignHCenter) x = box.center().x() - width / 2;
    if (alignment & Qt::AlignVCenter) y = box.center().y() + (metrics.ascent() - metrics.descent()) / 2;
    if (alignment & Qt::AlignBottom) y = box.bottom() - metrics.descent();
    painter.setFont(font);
    painter.setPen(colour);
    painter.drawText(QPointF(x, y), shown);
}

void drawUpwards(QPainter& painter, const QRectF& box, const QString& text, const QFont& font, const QColor& colour) {
    painter.save();
    painter.translate(box.center());
    painter.rotate(-90);
    drawLine(painter, QRectF(-box.height() / 2, -box.width() / 2, box.height(), box.width()),
             Qt::AlignHCenter | Qt::AlignVCenter, text, font, colour);
    painter.restore();
}

QStringList brokenLines(const QString& text, const QFont& font, double width) {
    QStringList lines;
    QString line;
    for (const QString& word : wordsOf(text)) {
        for (const Piece& piece : piecesOf(word, font, width)) {
            const QString longer =
                line.isEmpty() ? piece.text : line + QLatin1String(piece.spaced ? " " : "") + piece.text;
            if (!line.isEmpty() && textWidth(font, longer) > width) {
                lines << line;
                line = piece.text;
            } else {
                line = longer;
            }
        }
    }
    if (!line.isEmpty()) lines << line;
    return lines.replaceInStrings(QChar(0xA0), QStringLiteral(" "));
}

QStringList evenLines(const QString& text, const QFont& font, double width) {
    QStringList lines = brokenLines(text, font, width);
    if (lines.size() < 2) return lines;
    // Words that fit are not broken for the sake of evenness.
    double low = 0, high = width;
    for (const QString& word : wordsOf(text))
        if (const double own = textWidth(font, word); own <= width) low = std::max(low, own);
    for (int step = 0; step < 12; ++step) {
        const double middle = (low + high) / 2;
        const QStringList narrower = brokenLines(text, font, middle);
        if (narrower.size() <= lines.size()) {
            lines = narrower;
            high = middle;
        } else {
            low = middle;
        }
    }
    return lines;
}

std::vector<double> niceTicks(double low, double high, int most, double least) {
    std::vector<double> ticks;
    if (!(high > low) || most < 1 || !std::isfinite(low) || !std::isfinite(high)) return ticks;
    const double rough = std::max((high - low) / most, least);
    const double decade = std::pow(10.0, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
        const double step = factor * decade;
        if (step < least || step < rough * (1 - 1e-9)) continue;
        const double first = std::ceil(low / step - 1e-9), last = std::floor(high / step + 1e-9);
        for (int k = 0; k <= int(last - first); ++k) ticks.push_back((first + k) * step + 0.0);
        break;
    }
    return ticks;
}

QStringList tickTexts(const std::vector<double>& ticks) {
    int decimals = 0;
    if (ticks.size() > 1) {
        const double step = ticks[1] - ticks[0];
        decimals = std::clamp(int(std::ceil(-std::log10(step) - 1e-9)), 0, 9);
    }
    QStringList texts;
    for (const double tick : ticks) {
        QString text = QLocale().toString(tick, 'f', decimals);
        texts << text.replace(QLatin1Char('-'), QChar(0x2212));
    }
    return texts;
}

}  // namespace thaw

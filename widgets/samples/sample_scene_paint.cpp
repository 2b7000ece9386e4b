// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/samples/sample_scene_paint.h"

#include "widgets/base/colour_map.h"
#include "widgets/base/empty_state.h"
#include "widgets/base/theme.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace thaw {
namespace {

constexpr double kValuePixels = 26;  // from this size on there is room for a number in a pixel
constexpr float kEmptyShade = 0.045f;

QColor emptyColour(const FigureStyle& style) {
    QColor colour = style.text;
    colour.setAlphaF(kEmptyShade);
    return colour;
}

const QImage* pictureAt(const std::vector<QImage>& pictures, int place) {
    const auto p = std::size_t(place);
    return p < pictures.size() && !pictures[p].isNull() ? &pictures[p] : nullptr;
}

// The values of one pixel's channels, minus the other image's where there is one.
struct PixelText {
    QString text;
    bool light = false;  // on a light ground
};

PixelText pixelText(const Image& own, const Image* other, int x, int y) {
    const auto first = (std::size_t(y) * std::size_t(own.width) + std::size_t(x)) * std::size_t(own.channels);
    const bool subtracts = other && other->pixels.size() == own.pixels.size();
    QStringList lines;
    int sum = 0;
    for (std::size_t i = first; i < first + std::size_t(own.channels); ++i) {
        const int value = int(own.pixels[i]) - (subtracts ? int(other->pixels[i]) : 0);
        lines << QString::number(value);
        sum += value;
    }
    // A difference of nothing is white.
    return {lines.join(QLatin1Char('\n')), other || sum / own.channels > 127};
}

void drawValues(QPainter& painter, const SampleScene& scene, int block, int place, const QRectF& cell) {
    const Image* own = scene.board.imageAt(scene.shownBlock(block), place);
    const double side = scene.layout.zoom * scene.view.zoom;
    if (!own || scene.view.isWhole() || side < kValuePixels) return;
    const int reference = scene.mode == CompareMode::Difference ? scene.comparedWith(block) : -1;
    const Image* other = reference >= 0 ? scene.board.imageAt(reference, place) : nullptr;
    const QRectF window = scene.layout.grids[std::size_t(block)].intersected(cell);
    if (window.isEmpty()) return;
    QFont font = painter.font();
    font.setPixelSize(std::clamp(int(side / (own->channels + 2.2)), 7, 13));
    painter.setFont(font);
    const auto at = [&](double pixel, double origin, int most) {
        return std::clamp(int((pixel - origin) / side), 0, most - 1);
    };
    const int bottom = at(window.bottom(), cell.top(), own->height),
              right = at(window.right(), cell.left(), own->width);
    for (int y = at(window.top(), cell.top(), own->height); y <= bottom; ++y)
        for (int x = at(window.left(), cell.left(), own->width); x <= right; ++x) {
            const PixelText values = pixelText(*own, other, x, y);
            painter.setPen(values.light ? QColor(20, 20, 20) : QColor(235, 235, 235));
            painter.drawText(QRectF(cell.left() + x * side, cell.top() + y * side, side, side), Qt::AlignCenter,
                             values.text);
        }
}

void drawWipe(QPainter& painter, const QImage* other, double wipe, const QRectF& cell, const FigureStyle& style) {
    const QRectF left(cell.topLeft(), QSizeF(cell.width() * wipe, cell.height()));
    if (other) {
        painter.save();
        painter.setClipRect(left, Qt::IntersectClip);
        drawPixels(painter, cell, *other);
        painter.restore();
    }
    painter.fillRect(QRectF(left.right() - 0.75, cell.top(), 1.5, cell.height()), accentColour(style.palette));
}

void drawCell(QPainter& painter, const SampleScene& scene, SamplePictures& pictures, int block, int place,
              const FigureStyle& style) {
    const QRectF cell = scene.seenCell(block, place);
    const int reference = scene.comparedWith(block);
    if (reference >= 0 && scene.mode == CompareMode::Difference) {
        const QImage& difference = pictures.difference(scene.board, block, place);
        if (difference.isNull()) painter.fillRect(cell, QColor(128, 128, 128, 24));
        else drawPixels(painter, cell, difference);
        return drawValues(painter, scene, block, place, cell);
    }
    const SamplePictures::Block& own = pictures[scene.shownBlock(block)];
    const QImage* now = pictureAt(own.now, place);
    const QImage* before = own.shown < 1 ? pictureAt(own.before, place) : nullptr;
    if (!now && !before) painter.fillRect(cell, emptyColour(style));
    if (before) drawPixels(painter, cell, *before);
    if (now) {
        painter.setOpacity(before ? own.shown : 1);
        drawPixels(painter, cell, *now);
        painter.setOpacity(1);
    }
    if (reference >= 0) drawWipe(painter, pictureAt(pictures[reference].now, place), scene.wipe, cell, style);
    drawValues(painter, scene, block, place, cell);
}

// What the colours of differences mean, at the right of a line of the caption.
void drawDifferenceScale(QPainter& painter, const QRectF& line, double width, const FigureStyle& style) {
    const QFont font = style.small();
    const double text = differenceEndWidth(style);
    const double gap = kGrid / 2.0, bar = width - 2 * (text + gap);
    const QRectF area(line.right() - width, line.top(), width, line.height());
    drawLine(painter, QRectF(area.left(), area.top(), text, area.height()), Qt::AlignRight, kLeastDifference, font,
             style.muted);
    drawLine(painter, QRectF(area.right() - text, area.top(), text, area.height()), Qt::AlignLeft, kMostDifference,
             font, style.muted);
    // Whole pixels, so that both ends of the map are seen.
    const QRect colours(int(area.left() + text + gap), int(area.top() + 0.2 * area.height()), int(bar),
                        int(0.6 * area.height()));
    const auto table = colourTable(ColourMap::Diverging, colours.width());
    for (int x = 0; x < colours.width(); ++x)
        painter.fillRect(QRect(colours.left() + x, colours.top(), 1, colours.height()), QColor(table[std::size_t(x)]));
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(style.line);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(colours.adjusted(-1, -1, 0, 0));
}

void drawHeading(QPainter& painter, const QRectF& box, const SampleScene& scene, int block, const FigureStyle& style) {
    const double small = lineHeight(style.small());
    drawLine(painter, QRectF(box.left(), box.top(), box.width(), lineHeight(style.font)), Qt::AlignLeft,
             scene.title(block), style.bold(),
             scene.shownBlock(block) != block ? accentColour(style.palette) : style.text);
    const CaptionLines caption = scene.caption(block, box.width(), style);
    QRectF line(box.left(), box.top() + lineHeight(style.font), box.width(), small);
    for (int row = 0; row < caption.rows(); ++row, line.translate(0, small)) {
        if (row < caption.lines.size())
            drawLine(painter, line, Qt::AlignLeft, caption.lines[row], style.small(), style.muted);
        if (row == caption.scaleRow)
            drawDifferenceScale(painter, line, differenceScaleWidth(box.width(), style), style);
    }
}

void drawBlock(QPainter& painter, const SampleScene& scene, SamplePictures& pictures, int block,
               const FigureStyle& style) {
    const QRectF &box = scene.layout.headings[std::size_t(block)], &grid = scene.layout.grids[std::size_t(block)];
    const int shown = scene.shownBlock(block);
    const SampleBlock& source = scene.board[block];
    drawHeading(painter, box, scene, block, style);
    // Beside the title, or over the images where the title needs all the room.
    const bool beside =
        textWidth(style.bold(), scene.title(block)) + kGrid + badgeWidth(source.busyText, style) <= box.width();
    if (beside) drawBadge(painter, box, source.busyText, style);
    if (pictures[shown].empty()) {
        painter.fillRect(grid, emptyColour(style));
        if (source.busyText.isEmpty()) drawEmptyState(painter, grid, source.emptyHint, style);
        if (!beside) drawBadge(painter, grid, source.busyText, style);
        return;
    }
    painter.save();
    painter.setClipRect(grid.adjusted(-2, -2, 2, 2));
    for (int place = 0; place < scene.layout.places; ++place)
        if (scene.seenCell(block, place).intersects(grid)) drawCell(painter, scene, pictures, block, place, style);
    painter.restore();
    if (!beside) drawBadge(painter, grid, source.busyText, style);
}

void drawFrames(QPainter& painter, const SampleScene& scene, const FigureStyle& style) {
    painter.setBrush(Qt::NoBrush);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto& places = scene.board.places();
    for (int b = 0; b < int(scene.layout.grids.size()); ++b) {
        if (scene.board[b].samples.images.empty()) continue;  // its hint is read through no frame
        painter.setClipRect(scene.layout.grids[std::size_t(b)].adjusted(-2, -2, 2, 2));
        for (int place = 0; place < int(places.size()); ++place) {
            const bool chosen = scene.selected == places[std::size_t(place)], under = place == scene.hovered.place;
            if (!chosen && !under) continue;
            QPen pen(chosen ? accentColour(style.palette) : style.muted, chosen ? 2 : 1);
            pen.setJoinStyle(Qt::MiterJoin);
            painter.setPen(pen);
            const double out = chosen ? 1 : 0.5;
            painter.drawRect(scene.seenCell(b, place).adjusted(-out, -out, out, out));
        }
    }
    painter.setClipping(false);
}

}  // namespace

void drawScene(QPainter& painter, const SampleScene& scene, SamplePictures& pictures, const FigureStyle& style) {
    for (int b = 0; b < int(scene.layout.grids.size()); ++b) drawBlock(painter, scene, pictures, b, style);
    drawFrames(painter, scene, style);
}

}  // namespace thaw

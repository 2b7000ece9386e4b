// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/samples/sample_figure.h"

#include "widgets/base/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace thaw {
namespace {

constexpr double kHeadingRoomPt = 112;
constexpr double kBlockGapPt = 14, kCellGapPt = 1.5, kHeadingGapPt = 4;

double screenZoom(double zoom) { return std::max(0.25, zoom >= 4 ? std::floor(zoom) : std::floor(zoom * 4) / 4); }

int rowsFor(int places, int perRow) { return (places + perRow - 1) / perRow; }

}  // namespace

// Whole factors first; what is left is smoothed, so that no pixel is wider than its neighbour.
void drawPixels(QPainter& painter, const QRectF& cell, const QImage& image) {
    const double ratio = painter.device() ? painter.device()->devicePixelRatioF() : 1;
    const double zoom = cell.width() * ratio / std::max(image.width(), 1);
    const bool whole = std::abs(zoom - std::round(zoom)) < 1e-6;
    painter.setRenderHint(QPainter::SmoothPixmapTransform, !whole && zoom < 8);
    if (whole || zoom <= 1 || zoom >= 8) return painter.drawImage(cell, image);
    painter.drawImage(cell, image.scaled(image.size() * int(std::ceil(zoom))));
}

QImage toQImage(const Image& image) {
    const std::size_t row = std::size_t(std::max(image.width, 0)) * std::size_t(std::max(image.channels, 0));
    if (row == 0 || image.height <= 0 || (image.channels != 1 && image.channels != 3) ||
        image.pixels.size() != row * std::size_t(image.height))
        return {};
    QImage copy(image.width, image.height, image.channels == 1 ? QImage::Format_Grayscale8 : QImage::Format_RGB888);
    for (int y = 0; y < image.height; ++y)
        std::memcpy(copy.scanLine(y), image.pixels.data() + std::size_t(y) * row, row);
    return copy;
}

std::vector<std::uint64_t> placesOf(const std::vector<SampleBlock>& blocks) {
    for (const auto& block : blocks)
        if (!block.samples.images.empty()) return block.samples.seeds;
    for (const auto& block : blocks)
        if (!block.samples.seeds.empty()) return block.samples.seeds;
    return {};
}

std::vector<std::uint64_t> placesOf(const SampleFigure& figure) {
    return figure.order.empty() ? placesOf(figure.blocks) : figure.order;
}

std::vector<QImage> imagesByPlace(const SampleBlock& block, const std::vector<std::uint64_t>& places) {
    std::vector<QImage> images(places.size());
    const auto& seeds = block.samples.seeds;
    const std::size_t known = std::min(seeds.size(), block.samples.images.size());
    for (std::size_t place = 0; place < places.size(); ++place) {
        const auto found = std::find(seeds.begin(), seeds.begin() + std::ptrdiff_t(known), places[place]);
        if (found != seeds.begin() + std::ptrdiff_t(known))
            images[place] = toQImage(block.samples.images[std::size_t(found - seeds.begin())]);
    }
    return images;
}

QSize sampleSize(const std::vector<SampleBlock>& blocks) {
    for (const auto& block : blocks)
        for (const auto& image : block.samples.images)
            if (image.width > 0 && image.height > 0) return {image.width, image.height};
    return {28, 28};
}

double headingHeight(const FigureStyle& style) {
    return lineHeight(style.font) + lineHeight(style.small()) + kHeadingGapPt * style.pt;
}

QRectF SampleLayout::cell(int block, int place) const {
    const double w = image.width() * zoom, h = image.height() * zoom;
    const QPointF origin = grids[std::size_t(block)].topLeft();
    const int column = place % perRow, row = place / perRow;
    return {origin.x() + column * (w + gap), origin.y() + row * (h + gap), w, h};
}

double SampleLayout::bottom() const { return grids.empty() ? 0 : grids.front().bottom(); }

double sampleSlot(int count, double width, const FigureStyle& style) {
    return (width - (count - 1) * kBlockGapPt * style.pt) / std::max(count, 1);
}

SampleLayout layOutSamples(const std::vector<SampleBlock>& blocks, int places, const QRectF& area,
                           const FigureStyle& style, const SampleParts& parts) {
    SampleLayout layout;
    layout.image = sampleSize(blocks);
    layout.places = places;
    layout.gap = std::max(1.0, parts.wholeZoom ? std::round(kCellGapPt * style.pt) : kCellGapPt * style.pt);
    const int count = int(blocks.size());
    if (count == 0) return layout;
    const double blockGap = kBlockGapPt * style.pt, slot = sampleSlot(count, area.width(), style);
    int rows = std::max(parts.captionRows, 1);
    for (const auto& block : blocks) {
        layout.titleLines.push_back({block.title});
        layout.captionLines.push_back(brokenLines(block.caption, style.small(), slot));
        rows = std::max(rows, int(layout.captionLines.back().size()));
    }
    const double heading = lineHeight(style.font) + rows * lineHeight(style.small()) + kHeadingGapPt * style.pt;
    const int cells = std::max(places, 1);

    const int fewest = parts.perRow ? parts.perRow : 1, most = parts.perRow ? parts.perRow : cells;
    double bestSpread = 0;
    layout.zoom = -1;
    for (int k = fewest; k <= most; ++k) {
        const int high = rowsFor(cells, k);
        double zoom = std::min((slot - (k - 1) * layout.gap) / k / layout.image.width(),
                               (area.height() - heading - (high - 1) * layout.gap) / high / layout.image.height());
        if (parts.wholeZoom) zoom = screenZoom(zoom);
        zoom = parts.zoom > 0 ? parts.zoom : std::max(0.01, zoom);
        const double spread = std::abs(k * layout.image.width() - high * layout.image.height());
        if (zoom > layout.zoom || (zoom == layout.zoom && spread < bestSpread)) {
            layout.zoom = zoom;
            layout.perRow = k;
            bestSpread = spread;
        }
    }
    const int filled = rowsFor(cells, layout.perRow);
    const double width = layout.perRow * (layout.image.width() * layout.zoom + layout.gap) - layout.gap;
    const double height = filled * (layout.image.height() * layout.zoom + layout.gap) - layout.gap;
    // Blocks sit close together in the middle, but never closer than their headings need.
    double wanted = width;
    for (const auto& block : blocks)
        wanted = std::max({wanted, textWidth(style.bold(), block.title), textWidth(style.small(), block.caption)});
    // On screen a heading shares its line with a badge ("sampling…"); room for it is kept, so that nothing jumps.
    if (parts.wholeZoom) wanted = std::max(wanted, kHeadingRoomPt * style.pt);
    const double pitch = std::max(width, std::min(slot, wanted)) + blockGap;
    double left = area.left() + std::max(0.0, (area.width() - (pitch * count - blockGap)) / 2);
    double top = area.top();
    if (parts.wholeZoom) left = std::floor(left), top = std::floor(top);
    for (int b = 0; b < count; ++b) {
        const double x = parts.wholeZoom ? std::floor(left + b * pitch) : left + b * pitch;
        layout.headings.emplace_back(x, top, pitch - blockGap, heading);
        layout.grids.emplace_back(x, std::ceil(top + heading), width, height);
    }
    return layout;
}

void drawSamples(QPainter& painter, const SampleFigure& figure, const SampleLayout& layout, const FigureStyle& style) {
    const auto places = placesOf(figure);
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    for (int b = 0; b < int(figure.blocks.size()); ++b) {
        const SampleBlock& block = figure.blocks[std::size_t(b)];
        QRectF box = layout.headings[std::size_t(b)];
        const auto lines = [&](const QStringList& texts, const QFont& font, const QColor& colour) {
            for (const QString& text : texts) {
                drawLine(painter, box, layout.onPaper ? Qt::AlignHCenter : Qt::AlignLeft, text, font, colour);
                box.setTop(box.top() + lineHeight(font));
            }
        };
        lines(layout.titleLines[std::size_t(b)], layout.onPaper ? style.small() : style.bold(), style.text);
        lines(layout.captionLines[std::size_t(b)], style.small(), style.muted);
        const auto images = imagesByPlace(block, places);
        for (int place = 0; place < int(images.size()); ++place)
            if (!images[std::size_t(place)].isNull())
                painter.drawImage(layout.cell(b, place), images[std::size_t(place)]);
    }
    painter.restore();
}

}  // namespace thaw

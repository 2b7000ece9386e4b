// SPDX-License-Identifier: GPL-3.0-or-later

// Samples on paper.
#include "widgets/samples/sample_figure.h"

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

constexpr double kBlockGapOnPaperPt = 6, kCellGapOnPaperPt = 0.75, kHeadingGapOnPaperPt = 2;
// Images narrower than this are hard to see.
constexpr double kSeenPt = 25;
constexpr double kFavouredAspect = 3, kPlaceLeftEmpty = 0.5;

int placesIn(const SampleFigure& figure) { return std::max(1, int(placesOf(figure.blocks).size())); }
int rowsIn(int places, int perRow) { return (places + perRow - 1) / perRow; }
int blocksIn(const SampleFigure& figure) { return std::max(1, int(figure.blocks.size())); }

double blockWidth(const SampleFigure& figure, double width, const FigureStyle& style) {
    const int count = blocksIn(figure);
    return std::max(1.0, (width - (count - 1) * kBlockGapOnPaperPt * style.pt) / count);
}

// Units a pixel of the images takes in a block of that width.
double zoomAt(const SampleFigure& figure, double block, int perRow, const FigureStyle& style) {
    const double gaps = (perRow - 1) * kCellGapOnPaperPt * style.pt;
    return std::max(0.01, (block - gaps) / perRow / sampleSize(figure.blocks).width());
}

struct Heading {
    QStringList title, caption;
    double height = 0;
};

Heading headingOf(const SampleBlock& block, double width, const FigureStyle& style) {
    const QFont font = style.small();
    Heading heading{evenLines(block.title, font, width), evenLines(block.caption, font, width), 0};
    heading.height = double(heading.title.size() + heading.caption.size()) * lineHeight(font);
    return heading;
}

}  // namespace

int samplesPerRow(const SampleFigure& figure, double width, const FigureStyle& style) {
    const int places = placesIn(figure);
    int best = 1;
    double least = 0;
    for (int perRow = 1; perRow <= places; ++perRow) {
        const int rows = rowsIn(places, perRow), empty = perRow * rows - places;
        const double height = sampleHeight(figure, width, perRow, style);
        const double image =
            zoomAt(figure, blockWidth(figure, width, style), perRow, style) * sampleSize(figure.blocks).width();
        const double cost = std::abs(std::log(width / height / kFavouredAspect)) + kPlaceLeftEmpty * empty +
                            2 * std::max(0.0, std::log(kSeenPt * style.pt / image));
        if (perRow == 1 || cost < least) best = perRow, least = cost;
    }
    return best;
}

double sampleHeadings(const SampleFigure& figure, double width, const FigureStyle& style) {
    double highest = 0;
    for (const SampleBlock& block : figure.blocks)
        highest = std::max(highest, headingOf(block, blockWidth(figure, width, style), style).height);
    return highest > 0 ? highest + kHeadingGapOnPaperPt * style.pt : 0;
}

double sampleHeight(const SampleFigure& figure, double width, int perRow, const FigureStyle& style) {
    const int rows = rowsIn(placesIn(figure), perRow);
    return rows * sampleSize(figure.blocks).height() * zoomAt(figure, blockWidth(figure, width, style), perRow, style) +
           (rows - 1) * kCellGapOnPaperPt * style.pt;
}

double sampleWidth(const SampleFigure& figure, double height, int perRow, const FigureStyle& style) {
    const int rows = rowsIn(placesIn(figure), perRow), count = blocksIn(figure);
    const double gap = kCellGapOnPaperPt * style.pt,
                 zoom = (height - (rows - 1) * gap) / rows / sampleSize(figure.blocks).height();
    return count * (perRow * (sampleSize(figure.blocks).width() * std::max(0.01, zoom) + gap) - gap) +
           (count - 1) * kBlockGapOnPaperPt * style.pt;
}

SampleLayout layOutSamplesOnPaper(const SampleFigure& figure, const QRectF& area, double headings,
                                  const FigureStyle& style) {
    SampleLayout layout;
    layout.onPaper = true;
    layout.image = sampleSize(figure.blocks);
    layout.places = placesIn(figure);
    layout.gap = kCellGapOnPaperPt * style.pt;
    const double block = blockWidth(figure, area.width(), style), height = std::max(1.0, area.height() - headings);
    layout.zoom = 0;
    for (int perRow = 1; perRow <= layout.places; ++perRow) {
        const int rows = rowsIn(layout.places, perRow);
        const double zoom = std::min(zoomAt(figure, block, perRow, style),
                                     (height - (rows - 1) * layout.gap) / rows / layout.image.height());
        if (zoom > layout.zoom * (1 + 1e-9)) layout.zoom = zoom, layout.perRow = perRow;
    }
    const int rows = rowsIn(layout.places, layout.perRow);
    const QSizeF grid(layout.perRow * (layout.image.width() * layout.zoom + layout.gap) - layout.gap,
                      rows * (layout.image.height() * layout.zoom + layout.gap) - layout.gap);
    // Blocks stay close together in the middle of a wider area, as far as their headings let them.
    const double gap = kBlockGapOnPaperPt * style.pt;
    double wanted = grid.width();
    for (const SampleBlock& each : figure.blocks) {
        const Heading heading = headingOf(each, block, style);
        for (const QStringList& lines : {heading.title, heading.caption})
            for (const QString& line : lines) wanted = std::max(wanted, textWidth(style.small(), line) + 1);
    }
    const double column = std::min(block, wanted);
    const double left = area.left() + (area.width() - blocksIn(figure) * (column + gap) + gap) / 2;
    for (std::size_t b = 0; b < figure.blocks.size(); ++b) {
        Heading heading = headingOf(figure.blocks[b], block, style);
        const double x = left + double(b) * (column + gap), top = area.top() + headings;
        layout.headings.emplace_back(x, top - kHeadingGapOnPaperPt * style.pt - heading.height, column, heading.height);
        layout.grids.emplace_back(x + (column - grid.width()) / 2, top, grid.width(), grid.height());
        layout.titleLines.push_back(std::move(heading.title));
        layout.captionLines.push_back(std::move(heading.caption));
    }
    return layout;
}

double sampleLeastWidth(const SampleFigure& figure, const FigureStyle& style) {
    double widest = 0;
    for (const auto& block : figure.blocks)
        for (const QString& text : {block.title, block.caption})
            for (const QString& word : text.split(QLatin1Char(' ')))
                widest = std::max(widest, textWidth(style.small(), word));
    return double(figure.blocks.size()) * (widest + kBlockGapOnPaperPt * style.pt);
}

}  // namespace thaw

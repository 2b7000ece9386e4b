// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/image.h"
#include "widgets/base/figure_style.h"

#include <QImage>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <utility>
#include <vector>

namespace thaw {

/// One block of images under its heading.
struct SampleBlock {
    QString title;         ///< "1 step, after"
    QString caption;       ///< "run 0003 · 37 kimg"
    SampleColumn samples;  ///< may be empty
    QString emptyHint;     ///< said in the block while it has no image
    QString busyText;      ///< a badge, "sampling…"; empty: none
};

/// Everything a sample figure shows.
struct SampleFigure {
    QString title;
    QString caption;
    std::vector<SampleBlock> blocks;
    std::vector<std::pair<QString, QString>> provenance;
    std::vector<std::uint64_t> order;  ///< seeds by place; empty: those of the first block that has any
};

/// Draws an image into a cell so that its pixels stay sharp squares at any zoom.
void drawPixels(QPainter& painter, const QRectF& cell, const QImage& image);

QImage toQImage(const Image& image);  ///< grey or RGB; a null image when the size and the pixels disagree

/// The seeds in the order of their places: those of the first block that has any.
std::vector<std::uint64_t> placesOf(const std::vector<SampleBlock>& blocks);
/// ..., in the figure's own order where it has one.
std::vector<std::uint64_t> placesOf(const SampleFigure& figure);
/// A block's images by place; null where the block has no image of that seed.
std::vector<QImage> imagesByPlace(const SampleBlock& block, const std::vector<std::uint64_t>& places);
/// Width and height of one sample; 28 × 28 while there is none.
QSize sampleSize(const std::vector<SampleBlock>& blocks);

/// Where everything of a sample figure goes: equal blocks side by side, each a grid of `perRow` columns.
struct SampleLayout {
    std::vector<QRectF> headings;                       ///< one per block: title above caption
    std::vector<QStringList> titleLines, captionLines;  ///< of the headings; on screen a title is one line
    std::vector<QRectF> grids;                          ///< one per block, without the heading
    int perRow = 1;
    int places = 0;
    double zoom = 1;  ///< painter units per image pixel
    QSize image;
    double gap = 0;
    bool onPaper = false;  ///< headings stand in the middle, close above the images

    QRectF cell(int block, int place) const;
    double bottom() const;
};

/// Width of one of `count` blocks side by side.
double sampleSlot(int count, double width, const FigureStyle& style);

struct SampleParts {
    /// On screen: cells begin and end with pixels, and the zoom is a whole number from 4 on, a multiple of 1/4 below: small
    /// images fill their panel, large ones are never cut.
    bool wholeZoom = false;
    double zoom = 0;  ///< given zoom; 0 = as large as fits `area`
    int perRow = 0;   ///< given; 0 = what gives the largest zoom, nearest to a square
    /// Lines that captions have at least: those of the longest that may come, so that nothing moves then.
    int captionRows = 1;
};
SampleLayout layOutSamples(const std::vector<SampleBlock>& blocks, int places, const QRectF& area,
                           const FigureStyle& style, const SampleParts& parts);
double headingHeight(const FigureStyle& style);

// On paper the images take all the width that there is, and headings are broken rather than cut.

/// How many images of a block stand side by side in a figure of that width: what fills its rows, makes images that can be seen and
/// a figure that is wider than high.
int samplesPerRow(const SampleFigure& figure, double width, const FigureStyle& style);
/// Room for the headings above the images.
double sampleHeadings(const SampleFigure& figure, double width, const FigureStyle& style);
/// Height of the images of a figure of that width, and width at which they have that height.
double sampleHeight(const SampleFigure& figure, double width, int perRow, const FigureStyle& style);
double sampleWidth(const SampleFigure& figure, double height, int perRow, const FigureStyle& style);
/// `headings` is the room above the images, at least sampleHeadings.
SampleLayout layOutSamplesOnPaper(const SampleFigure& figure, const QRectF& area, double headings,
                                  const FigureStyle& style);
/// Width below which words of the headings are broken.
double sampleLeastWidth(const SampleFigure& figure, const FigureStyle& style);

/// Headings and images, nothing interactive.
void drawSamples(QPainter& painter, const SampleFigure& figure, const SampleLayout& layout, const FigureStyle& style);

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/samples/sample_board.h"
#include "widgets/samples/sample_view.h"

#include <optional>

namespace thaw {

/// The lines below a title, and in which of them the scale of differences stands: beside a caption that leaves room for it,
/// else below. -1: there is none.
struct CaptionLines {
    QStringList lines;
    int scaleRow = -1;
    int rows() const { return std::max(int(lines.size()), scaleRow + 1); }
};
/// Width of either end's number, and of the whole scale under a heading of that width.
double differenceEndWidth(const FigureStyle& style);
double differenceScaleWidth(double width, const FigureStyle& style);
inline const QString kLeastDifference = QStringLiteral("−255"), kMostDifference = QStringLiteral("+255");

struct SampleCell {
    int block = -1;
    int place = -1;
    bool operator==(const SampleCell&) const = default;
};

/// What is seen of a board: where everything is, how blocks are compared, and what the pointer and the keyboard point at.
/// Plain data; sizes and positions in the painter's units.
struct SampleScene {
    SampleBoard board;
    SampleLayout layout;
    SampleView view;
    CompareMode mode = CompareMode::Plain;
    double wipe = 0.5;  ///< the line's place in a cell, 0 left to 1 right
    SampleCell hovered;
    bool flipping = false;  ///< the reference stands in the place of the block under the pointer
    std::optional<std::uint64_t> selected;

    /// Places without images keep the room of a few.
    int shownPlaces() const;
    void layOut(const QRectF& area, const FigureStyle& style);

    /// Where the view shows a cell, also beyond its block's grid.
    QRectF seenCell(int block, int place) const;
    int gridAt(QPointF position) const;  ///< -1: none
    SampleCell cellAt(QPointF position) const;

    /// The block whose images are shown in the place of `block`: another one while they are flipped.
    int shownBlock(int block) const;
    /// There is a block to compare this one with.
    bool hasOther(int block) const;
    /// The mode compares this block, and not with itself.
    bool compares(int block) const;
    /// The block that is wiped over it or taken from it at this moment, or -1.
    int comparedWith(int block) const;
    /// Title that stands above it.
    const QString& title(int block) const;
    CaptionLines caption(int block, double width, const FigureStyle& style) const;
    /// "seed 5 · 1 step, after · PSNR 12.3 dB" of what is hovered over: what it is sorted by, or how far apart the two are that
    /// are compared. Empty without a pointer.
    QString readout() const;

private:
    CaptionLines captionIn(CompareMode how, int block, double width, const FigureStyle& style) const;
};

/// "seed 5"
QString seedText(std::uint64_t seed);

}  // namespace thaw

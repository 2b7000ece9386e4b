// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/samples/sample_scene.h"

#include "widgets/base/theme.h"
#include "widgets/samples/sample_text.h"

namespace thaw {
namespace {

constexpr int kDefaultPlaces = 16;

}  // namespace

double differenceEndWidth(const FigureStyle& style) {
    return std::max(textWidth(style.small(), kLeastDifference), textWidth(style.small(), kMostDifference)) + 1;
}

double differenceScaleWidth(double width, const FigureStyle& style) {
    return 2 * (differenceEndWidth(style) + kGrid / 2.0) + std::clamp(0.25 * width, 24.0, 96.0);
}

QString seedText(std::uint64_t seed) { return SampleText::tr("seed %1").arg(seed); }

int SampleScene::shownPlaces() const { return board.places().empty() ? kDefaultPlaces : int(board.places().size()); }

void SampleScene::layOut(const QRectF& area, const FigureStyle& style) {
    const double slot = sampleSlot(board.count(), area.width(), style);
    int rows = 1;
    for (int b = 0; b < board.count(); ++b)
        for (const CompareMode how : {CompareMode::Plain, CompareMode::Wipe, CompareMode::Difference})
            rows = std::max(rows, captionIn(how, b, slot, style).rows());
    layout = layOutSamples(board.blocks(), shownPlaces(), area, style, {.wholeZoom = true, .captionRows = rows});
}

QRectF SampleScene::seenCell(int block, int place) const {
    return view.shown(layout.cell(block, place), layout.grids[std::size_t(block)]);
}

int SampleScene::gridAt(QPointF position) const {
    for (int b = 0; b < int(layout.grids.size()); ++b)
        if (layout.grids[std::size_t(b)].contains(position)) return b;
    return -1;
}

SampleCell SampleScene::cellAt(QPointF position) const {
    const int b = gridAt(position);
    if (b < 0) return {};
    for (int place = 0; place < int(board.places().size()); ++place)
        if (seenCell(b, place).contains(position)) return {b, place};
    return {};
}

int SampleScene::shownBlock(int block) const {
    // Without a pointer, the last block: the tuned generator against what it was.
    const int target = hovered.block >= 0 ? hovered.block : board.count() - 1;
    return flipping && target == block && board.referenceOf(block) >= 0 ? board.referenceOf(block) : block;
}

bool SampleScene::hasOther(int block) const { return board.referenceOf(block) >= 0 && block != board.reference(); }

bool SampleScene::compares(int block) const { return mode != CompareMode::Plain && hasOther(block); }

int SampleScene::comparedWith(int block) const { return compares(block) && !flipping ? board.referenceOf(block) : -1; }

const QString& SampleScene::title(int block) const { return board[shownBlock(block)].title; }

CaptionLines SampleScene::captionIn(CompareMode how, int block, double width, const FigureStyle& style) const {
    const QFont font = style.small();
    if (how == CompareMode::Plain || !hasOther(block))
        return {brokenLines(board[shownBlock(block)].caption, font, width)};
    const QString other = board[board.referenceOf(block)].title;
    if (how == CompareMode::Wipe) return {brokenLines(SampleText::tr("left: %1").arg(other), font, width)};
    const QString text = SampleText::tr("minus %1").arg(other);
    CaptionLines caption{brokenLines(text, font, width), 0};
    if (textWidth(font, text) + kGrid + differenceScaleWidth(width, style) > width)
        caption.scaleRow = int(caption.lines.size());
    return caption;
}

CaptionLines SampleScene::caption(int block, double width, const FigureStyle& style) const {
    return captionIn(mode, block, width, style);
}

QString SampleScene::readout() const {
    if (hovered.block < 0) return {};
    const int block = shownBlock(hovered.block), reference = board.referenceOf(block);
    QString text = seedText(board.places()[std::size_t(hovered.place)]) + QStringLiteral(" · ") + board[block].title;
    const Image* own = board.imageAt(block, hovered.place);
    if (!own) return text;
    const Image* other = reference >= 0 ? board.imageAt(reference, hovered.place) : nullptr;
    const SampleMetric metric = board.sort() != SampleMetric::Seed ? board.sort()
                                : mode != CompareMode::Plain       ? SampleMetric::Psnr
                                                                   : SampleMetric::Seed;
    if (const auto value = measure(metric, *own, other)) text += QStringLiteral(" · ") + metricText(metric, *value);
    return text;
}

}  // namespace thaw

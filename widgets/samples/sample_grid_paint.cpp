// SPDX-License-Identifier: GPL-3.0-or-later

// How a SampleGrid looks: blocks, wipe, difference, pixel values.
#include "widgets/base/empty_state.h"
#include "widgets/base/theme.h"
#include "widgets/samples/sample_grid.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

constexpr double kValuePixels = 26;  // from this size on there is room for a number in a pixel

}  // namespace

QRectF SampleGrid::seenCell(int block, int place) const {
    return view_.shown(layout_.cell(block, place), layout_.grids[std::size_t(block)]);
}

int SampleGrid::shownBlock(int block) const {
    // Without a pointer, the last block: the tuned generator against what it was.
    const int target = hovered_.block >= 0 ? hovered_.block : blockCount() - 1;
    return flipping_ && target == block && referenceOf(block) >= 0 ? referenceOf(block) : block;
}

SampleBlock SampleGrid::shownHeading(int block) const {
    SampleBlock heading;
    const int shown = shownBlock(block), reference = referenceOf(block);
    heading.title = blocks_[std::size_t(shown)].title;
    heading.caption = blocks_[std::size_t(shown)].caption;
    if (mode_ == CompareMode::Plain || reference < 0 || block == reference_) return heading;
    const QString other = blocks_[std::size_t(reference)].title;
    heading.caption = mode_ == CompareMode::Wipe ? tr("left: %1").arg(other) : tr("minus %1").arg(other);
    return heading;
}

void SampleGrid::paintCell(QPainter& painter, int block, int place) const {
    const auto b = std::size_t(shownBlock(block)), p = std::size_t(place);
    const QRectF cell = seenCell(block, place);
    const Pictures& pictures = pictures_[b];
    const bool have = p < pictures.now.size() && !pictures.now[p].isNull();
    const bool had = pictures.shown < 1 && p < pictures.before.size() && !pictures.before[p].isNull();
    const int reference = referenceOf(block);
    const bool compared = mode_ != CompareMode::Plain && !flipping_ && reference >= 0 && block != reference_;
    if (compared && mode_ == CompareMode::Difference) {
        differences_.resize(blocks_.size());
        auto& made = differences_[b];
        made.resize(places_.size());
        if (made[p].isNull())
            if (const Image* own = imageAt(block, place), *other = imageAt(reference, place); own && other)
                made[p] = differenceImage(*own, *other);
        if (made[p].isNull()) painter.fillRect(cell, QColor(128, 128, 128, 24));
        else painter.drawImage(cell, made[p]);
        return paintValues(painter, block, place, cell);
    }
    if (!have && !had) {
        QColor empty = palette().color(QPalette::Text);
        empty.setAlphaF(0.045f);
        painter.fillRect(cell, empty);
    }
    if (had) painter.drawImage(cell, pictures.before[p]);
    if (have) {
        painter.setOpacity(had ? pictures.shown : 1);
        painter.drawImage(cell, pictures.now[p]);
        painter.setOpacity(1);
    }
    if (compared && mode_ == CompareMode::Wipe) {
        const auto& other = pictures_[std::size_t(reference)].now;
        const QRectF left(cell.topLeft(), QSizeF(cell.width() * wipe_, cell.height()));
        if (p < other.size() && !other[p].isNull()) {
            painter.save();
            painter.setClipRect(left, Qt::IntersectClip);
            painter.drawImage(cell, other[p]);
            painter.restore();
        }
        painter.fillRect(QRectF(left.right() - 0.75, cell.top(), 1.5, cell.height()), accentColour(palette()));
    }
    paintValues(painter, block, place, cell);
}

void SampleGrid::paintValues(QPainter& painter, int block, int place, const QRectF& cell) const {
    const Image* own = imageAt(shownBlock(block), place);
    const double side = layout_.zoom * view_.zoom;
    if (!own || view_.isWhole() || side < kValuePixels) return;
    const int reference = referenceOf(block);
    const Image* other = mode_ == CompareMode::Difference && reference >= 0 && block != reference_ && !flipping_
                             ? imageAt(reference, place)
                             : nullptr;
    const QRectF window = layout_.grids[std::size_t(block)].intersected(cell);
    if (window.isEmpty()) return;
    QFont font = painter.font();
    font.setPixelSize(std::clamp(int(side / (own->channels + 2.2)), 7, 13));
    painter.setFont(font);
    const auto at = [&](double pixel, double origin, int most) {
        return std::clamp(int((pixel - origin) / side), 0, most - 1);
    };
    for (int y = at(window.top(), cell.top(), own->height); y <= at(window.bottom(), cell.top(), own->height); ++y)
        for (int x = at(window.left(), cell.left(), own->width); x <= at(window.right(), cell.left(), own->width);
             ++x) {
            const auto first = (std::size_t(y) * std::size_t(own->width) + std::size_t(x)) * std::size_t(own->channels);
            QStringList lines;
            int sum = 0;
            for (int k = 0; k < own->channels; ++k) {
                const auto i = first + std::size_t(k);
                const int value = int(own->pixels[i]) -
                                  (other && other->pixels.size() == own->pixels.size() ? int(other->pixels[i]) : 0);
                lines << QString::number(value);
                sum += value;
            }
            // White on dark, black on light; a difference of nothing is white.
            const bool light = other ? true : sum / own->channels > 127;
            painter.setPen(light ? QColor(20, 20, 20) : QColor(235, 235, 235));
            painter.drawText(QRectF(cell.left() + x * side, cell.top() + y * side, side, side), Qt::AlignCenter,
                             lines.join(QLatin1Char('\n')));
        }
}

void SampleGrid::paintBlock(QPainter& painter, int block, const FigureStyle& style) const {
    const auto b = std::size_t(block);
    const int shown = shownBlock(block);
    const SampleBlock& source = blocks_[b];
    const double badge = badgeWidth(source.busyText, style);
    drawHeading(painter, layout_.headings[b].adjusted(0, 0, badge > 0 ? -badge - kGrid : 0, 0), shownHeading(block),
                style, shown != block);
    drawBadge(painter, layout_.headings[b], source.busyText, style);
    const Pictures& pictures = pictures_[std::size_t(shown)];
    if (std::all_of(pictures.now.begin(), pictures.now.end(), [](const QImage& image) { return image.isNull(); }) &&
        pictures.shown >= 1) {
        QColor empty = style.text;
        empty.setAlphaF(0.045f);
        painter.fillRect(layout_.grids[b], empty);
        if (source.busyText.isEmpty()) drawEmptyState(painter, layout_.grids[b], source.emptyHint, style);
        return;
    }
    painter.save();
    painter.setClipRect(layout_.grids[b].adjusted(-2, -2, 2, 2));
    for (int place = 0; place < layout_.places; ++place)
        if (seenCell(block, place).intersects(layout_.grids[b])) paintCell(painter, block, place);
    painter.restore();
}

void SampleGrid::paintFrames(QPainter& painter, const FigureStyle& style) const {
    painter.setBrush(Qt::NoBrush);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int b = 0; b < int(layout_.grids.size()); ++b) {
        if (blocks_[std::size_t(b)].samples.images.empty()) continue;  // its hint is read through no frame
        painter.setClipRect(layout_.grids[std::size_t(b)].adjusted(-2, -2, 2, 2));
        for (int place = 0; place < int(places_.size()); ++place) {
            const bool chosen = selected_ == places_[std::size_t(place)], under = place == hovered_.place;
            if (!chosen && !under) continue;
            QPen pen(chosen ? accentColour(palette()) : style.muted, chosen ? 2 : 1);
            pen.setJoinStyle(Qt::MiterJoin);
            painter.setPen(pen);
            const double out = chosen ? 1 : 0.5;
            painter.drawRect(seenCell(b, place).adjusted(-out, -out, out, out));
        }
    }
    painter.setClipping(false);
}

void SampleGrid::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const FigureStyle style = screenStyle(*this);
    painter.fillRect(rect(), style.background);
    for (int b = 0; b < int(layout_.grids.size()); ++b) paintBlock(painter, b, style);
    paintFrames(painter, style);
    if (keyboardFocus_) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(accentColour(palette()));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

}  // namespace thaw

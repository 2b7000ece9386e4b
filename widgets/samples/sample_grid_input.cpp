// SPDX-License-Identifier: GPL-3.0-or-later

// Mouse, keys and read-out of a SampleGrid.
#include "widgets/base/number_text.h"
#include "widgets/samples/sample_grid.h"

#include <QApplication>
#include <QClipboard>
#include <QCursor>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <utility>

namespace thaw {
namespace {

QString seedText(std::uint64_t seed) { return SampleGrid::tr("seed %1").arg(seed); }

}  // namespace

QString SampleGrid::readout() const {
    if (hovered_.block < 0) return {};
    const int block = shownBlock(hovered_.block), reference = referenceOf(block);
    QString text =
        seedText(places_[std::size_t(hovered_.place)]) + QStringLiteral(" · ") + blocks_[std::size_t(block)].title;
    const Image* own = imageAt(block, hovered_.place);
    if (!own) return text;
    const Image* other = reference >= 0 ? imageAt(reference, hovered_.place) : nullptr;
    // What it is sorted by; a comparison says how far apart the two are.
    const SampleMetric metric = metric_ != SampleMetric::Seed ? metric_
                                : mode_ != CompareMode::Plain ? SampleMetric::Psnr
                                                              : SampleMetric::Seed;
    if (const auto value = measure(metric, *own, other)) text += QStringLiteral(" · ") + metricText(metric, *value);
    return text;
}

void SampleGrid::hover(Cell cell) {
    if (cell == hovered_) return;
    hovered_ = cell;
    update();
    Q_EMIT hovered(readout());
}

void SampleGrid::select(std::uint64_t seed) {
    const bool changed = selected_ != seed;
    setSelectedSeed(seed);
    if (changed) Q_EMIT seedSelected(seed);
}

void SampleGrid::setFlipping(bool on) {
    if (on == flipping_) return;
    flipping_ = on;
    update();
    Q_EMIT hovered(readout());
}

int SampleGrid::gridAt(QPointF position) const {
    for (int b = 0; b < int(layout_.grids.size()); ++b)
        if (layout_.grids[std::size_t(b)].contains(position)) return b;
    return -1;
}

SampleGrid::Cell SampleGrid::cellAt(QPointF position) const {
    const int b = gridAt(position);
    if (b < 0) return {};
    for (int place = 0; place < int(places_.size()); ++place)
        if (seenCell(b, place).contains(position)) return {b, place};
    return {};
}

void SampleGrid::drag(QMouseEvent* event) {
    const QPointF moved = event->position() - *pressed_;
    if (!dragged_ && moved.manhattanLength() < QApplication::startDragDistance()) return;
    dragged_ = true;
    if (mode_ == CompareMode::Wipe) {
        if (const Cell cell = cellAt(event->position()); cell.block >= 0) {
            const QRectF box = seenCell(cell.block, cell.place);
            wipe_ = std::clamp((event->position().x() - box.left()) / box.width(), 0.0, 1.0);
        }
    } else if (!view_.isWhole()) {
        view_.pan(moved, layout_.grids.front());
        pressed_ = event->position();
    } else {
        // A cell's width is one seed; the content follows the hand, so the latents go the other way.
        const double cell = layout_.image.width() * layout_.zoom;
        Q_EMIT walked(-moved.x() / cell, -moved.y() / cell);
        pressed_ = event->position();
    }
    update();
}

void SampleGrid::mouseMoveEvent(QMouseEvent* event) {
    if (pressed_ && event->buttons() & Qt::LeftButton && !layout_.grids.empty()) return drag(event);
    hover(cellAt(event->position()));
    setFlipping(event->modifiers() & Qt::ShiftModifier);
}

void SampleGrid::mousePressEvent(QMouseEvent* event) {
    const Cell cell = cellAt(event->position());
    if (event->button() != Qt::LeftButton || cell.block < 0) return QWidget::mousePressEvent(event);
    pressed_ = event->position();
    dragged_ = false;
    select(places_[std::size_t(cell.place)]);
}

void SampleGrid::mouseReleaseEvent(QMouseEvent* event) {
    QWidget::mouseReleaseEvent(event);
    if (event->button() != Qt::LeftButton || !pressed_) return;
    pressed_.reset();
    if (std::exchange(dragged_, false)) Q_EMIT walkEnded();
}

void SampleGrid::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || gridAt(event->position()) < 0)
        return QWidget::mouseDoubleClickEvent(event);
    if (!view_.isWhole()) return resetView();
    Q_EMIT homeRequested();
}

void SampleGrid::zoomBy(double factor, QPointF about) {
    if (layout_.grids.empty()) return;
    // All blocks are seen through the same window, so any of them can stand for the one under the pointer.
    const int b = std::max(gridAt(about), 0);
    const QRectF grid = layout_.grids[std::size_t(b)];
    view_.magnify(factor, grid.contains(about) ? about : grid.center(), grid);
    hover(cellAt(about));
    update();
}

void SampleGrid::wheelEvent(QWheelEvent* event) {
    if (gridAt(event->position()) < 0 || event->angleDelta().y() == 0) return QWidget::wheelEvent(event);
    zoomBy(std::pow(1.25, event->angleDelta().y() / 120.0), event->position());
    event->accept();
}

void SampleGrid::contextMenuEvent(QContextMenuEvent* event) {
    for (int b = 0; b < int(layout_.headings.size()); ++b)
        if (layout_.headings[std::size_t(b)].contains(event->pos()))
            return Q_EMIT headingMenuRequested(b, event->globalPos());
    const Cell cell = cellAt(event->pos());
    if (cell.block < 0) return QWidget::contextMenuEvent(event);
    Q_EMIT imageMenuRequested(cell.block, places_[std::size_t(cell.place)], event->globalPos());
}

void SampleGrid::changeMode(CompareMode mode) {
    if (mode == mode_) return;
    setMode(mode);
    Q_EMIT modeChanged(mode);
    Q_EMIT hovered(readout());
}

void SampleGrid::leaveEvent(QEvent* event) {
    QWidget::leaveEvent(event);
    setFlipping(false);
    hover({});
}

void SampleGrid::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Shift) return setFlipping(true);
    if (event->matches(QKeySequence::Copy) && selected_) {
        QApplication::clipboard()->setText(QString::number(*selected_));
        return;
    }
    switch (event->key()) {
    case Qt::Key_W: return changeMode(mode_ == CompareMode::Wipe ? CompareMode::Plain : CompareMode::Wipe);
    case Qt::Key_D: return changeMode(mode_ == CompareMode::Difference ? CompareMode::Plain : CompareMode::Difference);
    case Qt::Key_Escape:
        if (mode_ == CompareMode::Plain && view_.isWhole()) return QWidget::keyPressEvent(event);
        resetView();
        return changeMode(CompareMode::Plain);
    case Qt::Key_Plus:
    case Qt::Key_Equal: return zoomBy(1.25, mapFromGlobal(QCursor::pos()));
    case Qt::Key_Minus: return zoomBy(0.8, mapFromGlobal(QCursor::pos()));
    case Qt::Key_0: return resetView();
    default: break;
    }
    if (places_.empty()) return QWidget::keyPressEvent(event);
    const auto known = selected_ ? std::find(places_.begin(), places_.end(), *selected_) : places_.end();
    const int last = int(places_.size()) - 1;
    int place = known == places_.end() ? -1 : int(known - places_.begin());
    switch (event->key()) {
    case Qt::Key_Left: place -= 1; break;
    case Qt::Key_Right: place += 1; break;
    case Qt::Key_Up: place -= layout_.perRow; break;
    case Qt::Key_Down: place += layout_.perRow; break;
    case Qt::Key_Home: place = 0; break;
    case Qt::Key_End: place = last; break;
    default: return QWidget::keyPressEvent(event);
    }
    select(places_[std::size_t(known == places_.end() ? 0 : std::clamp(place, 0, last))]);
}

void SampleGrid::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Shift) setFlipping(false);
    else QWidget::keyReleaseEvent(event);
}

void SampleGrid::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    keyboardFocus_ = event->reason() != Qt::MouseFocusReason && event->reason() != Qt::ActiveWindowFocusReason;
    update();
}

void SampleGrid::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    keyboardFocus_ = false;
    setFlipping(false);
    update();
}

bool SampleGrid::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress || event->type() == QEvent::KeyRelease) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Shift) setFlipping(event->type() == QEvent::KeyPress);
    }
    return QWidget::eventFilter(watched, event);
}

bool SampleGrid::event(QEvent* event) {
    // Shift flips what is under the pointer wherever the keyboard's focus is; taking the focus would be rude.
    if (event->type() == QEvent::Enter) qApp->installEventFilter(this);
    if (event->type() == QEvent::Leave || event->type() == QEvent::Hide) qApp->removeEventFilter(this);
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const Cell cell = cellAt(help->pos());
        if (cell.block < 0) QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), seedText(places_[std::size_t(cell.place)]), this,
                               cellRect(cell.block, cell.place));
        return true;
    }
    return QWidget::event(event);
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/samples/sample_grid.h"

#include "widgets/base/stale_veil.h"
#include "widgets/base/theme.h"
#include "widgets/samples/sample_pictures.h"
#include "widgets/samples/sample_scene_paint.h"

#include <QApplication>
#include <QClipboard>
#include <QCursor>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace thaw {

SampleGrid::SampleGrid(QWidget* parent) : QWidget(parent), pictures_(new SamplePictures(this)) {
    setObjectName(QStringLiteral("sampleGrid"));
    setAccessibleName(tr("Samples"));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    connect(pictures_, &SamplePictures::changed, this,
            [this](int block) { update(scene_.layout.grids[std::size_t(block)].toAlignedRect()); });
    describe();
}

void SampleGrid::setBlockCount(int count) {
    scene_.board.setCount(count);
    pictures_->setCount(count);
    for (; veils_.size() > std::size_t(blockCount()); veils_.pop_back()) delete veils_.back();
    while (veils_.size() < std::size_t(blockCount())) veils_.push_back(new StaleVeil(this));
    boardChanged();
}

void SampleGrid::setSeeds(const std::vector<std::uint64_t>& seeds) {
    if (seeds == scene_.board.seeds()) return;
    scene_.board.setSeeds(seeds);
    boardChanged();
}

void SampleGrid::setHeading(int block, const QString& title, const QString& caption) {
    scene_.board.setHeading(block, title, caption);
    layOut();
    describe();
    update();
}

void SampleGrid::setEmptyHint(int block, const QString& hint) {
    scene_.board.setEmptyHint(block, hint);
    update();
}

void SampleGrid::setBusy(int block, const QString& text) {
    scene_.board.setBusy(block, text);
    update();
}

void SampleGrid::setStale(int block, const QString& word) {
    if (scene_.board.has(block)) veils_[std::size_t(block)]->setWord(word);
}

QString SampleGrid::staleWord(int block) const {
    return scene_.board.has(block) ? veils_[std::size_t(block)]->word() : QString();
}

void SampleGrid::setSamples(int block, const SampleColumn& samples) {
    if (!scene_.board.has(block)) return;
    std::vector<QImage> before = (*pictures_)[block].now;
    const auto places = scene_.board.places();
    scene_.board.setSamples(block, samples);
    boardChanged();
    // Only a picture of the same seed may fade into the new one.
    if (places != scene_.board.places()) before.clear();
    pictures_->fade(block, std::move(before));
}

void SampleGrid::clearSamples(int block) { setSamples(block, {}); }

void SampleGrid::setSort(SampleMetric metric) {
    scene_.board.setSort(metric);
    boardChanged();
}

void SampleGrid::setReference(int block) {
    scene_.board.setReference(block);
    boardChanged();
}

void SampleGrid::boardChanged() {
    pictures_->rebuild(scene_.board);
    layOut();
    describe();
    update();
}

void SampleGrid::setMode(CompareMode mode) {
    scene_.mode = mode;
    update();
}

void SampleGrid::changeMode(CompareMode mode) {
    if (mode == scene_.mode) return;
    setMode(mode);
    Q_EMIT modeChanged(mode);
    Q_EMIT hovered(scene_.readout());
}

void SampleGrid::setSelectedSeed(std::optional<std::uint64_t> seed) {
    scene_.selected = seed;
    describe();
    update();
}

void SampleGrid::select(std::uint64_t seed) {
    const bool changed = scene_.selected != seed;
    setSelectedSeed(seed);
    if (changed) Q_EMIT seedSelected(seed);
}

QRect SampleGrid::cellRect(int block, int place) const {
    if (block < 0 || block >= int(scene_.layout.grids.size())) return {};
    if (place < 0 || place >= int(scene_.board.places().size())) return {};
    return scene_.seenCell(block, place).toRect();
}

void SampleGrid::resetView() {
    scene_.view = {};
    update();
}

void SampleGrid::layOut() {
    scene_.layOut(QRectF(rect()).adjusted(kGrid + 4, kGrid, -kGrid - 4, -kGrid), screenStyle(*this));
    for (std::size_t b = 0; b < std::min(veils_.size(), scene_.layout.grids.size()); ++b)
        veils_[b]->setArea(scene_.layout.grids[b].toAlignedRect());
}

void SampleGrid::describe() {
    QStringList parts;
    for (const auto& block : scene_.board.blocks())
        parts << tr("%1: %2").arg(
            block.title, block.samples.images.empty() ? tr("empty") : tr("images %1").arg(block.samples.images.size()));
    if (scene_.selected) parts << tr("seed %1 is selected").arg(*scene_.selected);
    setAccessibleDescription(parts.isEmpty() ? tr("No samples yet") : parts.join(QStringLiteral("; ")));
}

void SampleGrid::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const FigureStyle style = screenStyle(*this);
    painter.fillRect(rect(), style.background);
    drawScene(painter, scene_, *pictures_, style);
    if (!keyboardFocus_) return;
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(accentColour(palette()));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void SampleGrid::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    layOut();
}

void SampleGrid::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    layOut();
}

void SampleGrid::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) layOut();
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) update();
}

QSize SampleGrid::sizeHint() const { return {720, 320}; }

QSize SampleGrid::minimumSizeHint() const {
    // Room for every block with the places in a square, whatever the images, and for a word of each heading.
    const int places = scene_.shownPlaces();
    const int perRow = std::max(1, int(std::ceil(std::sqrt(double(places)))));
    constexpr int kLeastImage = 14;
    const int rows = (places + perRow - 1) / perRow, blocks = std::max(blockCount(), 1);
    return {std::min(480, blocks * (perRow * (kLeastImage + 2) + 20) + 3 * kGrid),
            std::min(240, rows * (kLeastImage + 2) + int(headingHeight(screenStyle(*this))) + 3 * kGrid)};
}

void SampleGrid::hover(SampleCell cell) {
    if (cell == scene_.hovered) return;
    scene_.hovered = cell;
    update();
    Q_EMIT hovered(scene_.readout());
}

void SampleGrid::setFlipping(bool on) {
    if (on == scene_.flipping) return;
    scene_.flipping = on;
    update();
    Q_EMIT hovered(scene_.readout());
}

void SampleGrid::mouseMoveEvent(QMouseEvent* event) {
    if (pressed_ && event->buttons() & Qt::LeftButton && !scene_.layout.grids.empty()) return drag(*event);
    hover(scene_.cellAt(event->position()));
    setFlipping(event->modifiers() & Qt::ShiftModifier);
}

void SampleGrid::drag(const QMouseEvent& event) {
    const QPointF moved = event.position() - *pressed_;
    if (!dragged_ && moved.manhattanLength() < QApplication::startDragDistance()) return;
    dragged_ = true;
    if (scene_.mode == CompareMode::Wipe) {
        if (const SampleCell cell = scene_.cellAt(event.position()); cell.block >= 0) {
            const QRectF box = scene_.seenCell(cell.block, cell.place);
            scene_.wipe = std::clamp((event.position().x() - box.left()) / box.width(), 0.0, 1.0);
        }
    } else if (!scene_.view.isWhole()) {
        scene_.view.pan(moved, scene_.layout.grids.front());
        pressed_ = event.position();
    } else {
        // A cell's width is one seed; the content follows the hand, so the latents go the other way.
        const double cell = scene_.layout.image.width() * scene_.layout.zoom;
        scene_.board.setOrderHeld(true);  // what the hand holds stays in it, whatever the images are sorted by
        Q_EMIT walked(-moved.x() / cell, -moved.y() / cell);
        pressed_ = event.position();
    }
    update();
}

void SampleGrid::mousePressEvent(QMouseEvent* event) {
    const SampleCell cell = scene_.cellAt(event->position());
    if (event->button() != Qt::LeftButton || cell.block < 0) return QWidget::mousePressEvent(event);
    pressed_ = event->position();
    dragged_ = false;
    select(scene_.board.places()[std::size_t(cell.place)]);
}

void SampleGrid::mouseReleaseEvent(QMouseEvent* event) {
    QWidget::mouseReleaseEvent(event);
    if (event->button() != Qt::LeftButton || !pressed_) return;
    pressed_.reset();
    dragged_ = false;
}

void SampleGrid::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || scene_.gridAt(event->position()) < 0)
        return QWidget::mouseDoubleClickEvent(event);
    if (!scene_.view.isWhole()) return resetView();
    Q_EMIT homeRequested();
}

void SampleGrid::zoomBy(double factor, QPointF about) {
    if (scene_.layout.grids.empty()) return;
    // All blocks are seen through the same window, so any of them can stand for the one under the pointer.
    const QRectF grid = scene_.layout.grids[std::size_t(std::max(scene_.gridAt(about), 0))];
    scene_.view.magnify(factor, grid.contains(about) ? about : grid.center(), grid);
    hover(scene_.cellAt(about));
    update();
}

void SampleGrid::wheelEvent(QWheelEvent* event) {
    if (scene_.gridAt(event->position()) < 0 || event->angleDelta().y() == 0) return QWidget::wheelEvent(event);
    zoomBy(std::pow(1.25, event->angleDelta().y() / 120.0), event->position());
    event->accept();
}

void SampleGrid::contextMenuEvent(QContextMenuEvent* event) {
    for (int b = 0; b < int(scene_.layout.headings.size()); ++b)
        if (scene_.layout.headings[std::size_t(b)].contains(event->pos()))
            return Q_EMIT headingMenuRequested(b, event->globalPos());
    const SampleCell cell = scene_.cellAt(event->pos());
    if (cell.block < 0) return QWidget::contextMenuEvent(event);
    Q_EMIT imageMenuRequested(cell.block, scene_.board.places()[std::size_t(cell.place)], event->globalPos());
}

void SampleGrid::leaveEvent(QEvent* event) {
    QWidget::leaveEvent(event);
    setFlipping(false);
    hover({});
    const auto places = scene_.board.places();
    scene_.board.setOrderHeld(false);
    if (places != scene_.board.places()) boardChanged();
}

bool SampleGrid::pressViewKey(const QKeyEvent& event) {
    const auto toggle = [this](CompareMode mode) { changeMode(scene_.mode == mode ? CompareMode::Plain : mode); };
    switch (event.key()) {
    case Qt::Key_Shift: setFlipping(true); return true;
    case Qt::Key_W: toggle(CompareMode::Wipe); return true;
    case Qt::Key_D: toggle(CompareMode::Difference); return true;
    case Qt::Key_Escape:
        if (scene_.mode == CompareMode::Plain && scene_.view.isWhole()) return false;
        resetView();
        changeMode(CompareMode::Plain);
        return true;
    case Qt::Key_Plus:
    case Qt::Key_Equal: zoomBy(1.25, mapFromGlobal(QCursor::pos())); return true;
    case Qt::Key_Minus: zoomBy(0.8, mapFromGlobal(QCursor::pos())); return true;
    case Qt::Key_0: resetView(); return true;
    default: return false;
    }
}

void SampleGrid::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy) && scene_.selected) {
        QApplication::clipboard()->setText(QString::number(*scene_.selected));
        return;
    }
    if (pressViewKey(*event)) return;
    const auto& places = scene_.board.places();
    if (places.empty()) return QWidget::keyPressEvent(event);
    const int known = scene_.selected ? scene_.board.placeOf(*scene_.selected) : -1, last = int(places.size()) - 1;
    int place = known;
    switch (event->key()) {
    case Qt::Key_Left: place -= 1; break;
    case Qt::Key_Right: place += 1; break;
    case Qt::Key_Up: place -= scene_.layout.perRow; break;
    case Qt::Key_Down: place += scene_.layout.perRow; break;
    case Qt::Key_Home: place = 0; break;
    case Qt::Key_End: place = last; break;
    default: return QWidget::keyPressEvent(event);
    }
    select(places[std::size_t(known < 0 ? 0 : std::clamp(place, 0, last))]);
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
        const SampleCell cell = scene_.cellAt(help->pos());
        if (cell.block < 0) QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), seedText(scene_.board.places()[std::size_t(cell.place)]), this,
                               cellRect(cell.block, cell.place));
        return true;
    }
    return QWidget::event(event);
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sample_grid.h"

#include "widgets/empty_state.h"
#include "widgets/number_text.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>
#include <QVariantAnimation>

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

constexpr int kFadeMs = 120;
constexpr int kDefaultPlaces = 16;
const SampleBlock kNoBlock;

QString seedText(std::uint64_t seed) { return SampleGrid::tr("seed %1").arg(seed); }

}  // namespace

SampleGrid::SampleGrid(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("sampleGrid"));
    setAccessibleName(tr("Samples"));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    describe();
}

void SampleGrid::setBlockCount(int count) {
    for (int b = count; b < blockCount(); ++b) delete pictures_[std::size_t(b)].fade;
    blocks_.resize(std::size_t(std::max(count, 0)));
    pictures_.resize(blocks_.size());
    rebuild();
}

int SampleGrid::blockCount() const { return int(blocks_.size()); }

void SampleGrid::setHeading(int block, const QString& title, const QString& caption) {
    if (block < 0 || block >= blockCount()) return;
    blocks_[std::size_t(block)].title = title;
    blocks_[std::size_t(block)].caption = caption;
    layOut();
    describe();
    update();
}

void SampleGrid::setEmptyHint(int block, const QString& hint) {
    if (block < 0 || block >= blockCount()) return;
    blocks_[std::size_t(block)].emptyHint = hint;
    update();
}

void SampleGrid::setSamples(int block, const SampleColumn& samples) {
    if (block < 0 || block >= blockCount()) return;
    Pictures& pictures = pictures_[std::size_t(block)];
    std::vector<QImage> before = pictures.now;
    const auto places = places_;
    blocks_[std::size_t(block)].samples = samples;
    rebuild();
    // Only a picture of the same seed may fade into the new one.
    pictures.before = places == places_ ? std::move(before) : std::vector<QImage>();
    startFade(block);
}

void SampleGrid::clearSamples(int block) { setSamples(block, {}); }

void SampleGrid::setBusy(int block, const QString& text) {
    if (block < 0 || block >= blockCount()) return;
    blocks_[std::size_t(block)].busyText = text;
    update();
}

const SampleBlock& SampleGrid::block(int index) const {
    return index >= 0 && index < blockCount() ? blocks_[std::size_t(index)] : kNoBlock;
}

void SampleGrid::setSelectedSeed(std::optional<std::uint64_t> seed) {
    selected_ = seed;
    describe();
    update();
}

std::optional<std::uint64_t> SampleGrid::selectedSeed() const { return selected_; }
int SampleGrid::zoom() const { return int(layout_.zoom); }

QRect SampleGrid::cellRect(int block, int place) const {
    if (block < 0 || block >= int(layout_.grids.size()) || place < 0 || place >= int(places_.size())) return {};
    return layout_.cell(block, place).toRect();
}

SampleFigure SampleGrid::figure() const {
    SampleFigure figure;
    figure.blocks = blocks_;
    QStringList seeds;
    for (const auto seed : places_) seeds << QString::number(seed);
    if (!seeds.isEmpty()) {
        figure.caption = tr("Seeds %1 in the same places").arg(
            seeds.size() > 8 ? QStringLiteral("%1 … %2").arg(seeds.first(), seeds.last()) : seeds.join(QStringLiteral(", ")));
        figure.provenance.emplace_back("seeds", seeds.join(QLatin1Char(' ')));
    }
    return figure;
}

QImage SampleGrid::saveImage(int zoom) const {
    const FigureInk ink = paperInk(font().family(), 9, 96.0 / 72);
    const double margin = 12;
    const SampleParts parts{.wholeZoom = true, .zoom = double(std::max(zoom, 1)), .perRow = layout_.perRow};
    // A first pass in a roomy area tells how much is needed.
    SampleLayout layout = layOutSamples(blocks_, layout_.places, QRectF(0, 0, 1e5, 1e5), ink, parts);
    if (layout.grids.empty()) return {};
    const QSizeF size(layout.headings.back().right() - layout.headings.front().left(),
                      layout.bottom() - layout.headings.front().top());
    layout = layOutSamples(blocks_, layout_.places, QRectF(QPointF(margin, margin), size), ink, parts);
    QImage image((size + 2 * QSizeF(margin, margin)).toSize(), QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    drawSamples(painter, figure(), layout, ink);
    return image;
}

void SampleGrid::rebuild() {
    places_ = placesOf(blocks_);
    for (std::size_t b = 0; b < blocks_.size(); ++b) pictures_[b].now = imagesByPlace(blocks_[b], places_);
    layOut();
    describe();
    update();
}

void SampleGrid::layOut() {
    const int places = places_.empty() ? kDefaultPlaces : int(places_.size());
    const QRectF area = QRectF(rect()).adjusted(kGrid + 4, kGrid, -kGrid - 4, -kGrid);
    layout_ = layOutSamples(blocks_, places, area, screenInk(*this), {.wholeZoom = true});
}

void SampleGrid::startFade(int block) {
    Pictures& pictures = pictures_[std::size_t(block)];
    if (pictures.before.empty() || !isVisible() || !animationsWanted(this)) {
        if (pictures.fade) pictures.fade->stop();
        pictures.shown = 1;
        pictures.before.clear();
        return;
    }
    if (!pictures.fade) {
        pictures.fade = new QVariantAnimation(this);
        pictures.fade->setDuration(kFadeMs);
        pictures.fade->setStartValue(0.0);
        pictures.fade->setEndValue(1.0);
        connect(pictures.fade, &QVariantAnimation::valueChanged, this, [this, block](const QVariant& value) {
            if (block >= blockCount()) return;
            pictures_[std::size_t(block)].shown = value.toDouble();
            update(layout_.grids[std::size_t(block)].toAlignedRect());
        });
    }
    pictures.fade->stop();
    pictures.shown = 0;
    pictures.fade->start();
}

SampleGrid::Cell SampleGrid::cellAt(QPointF position) const {
    for (int b = 0; b < int(layout_.grids.size()); ++b) {
        if (!layout_.grids[std::size_t(b)].contains(position)) continue;
        for (int place = 0; place < int(places_.size()); ++place)
            if (layout_.cell(b, place).contains(position)) return {b, place};
    }
    return {};
}

int SampleGrid::shownBlock(int block) const {
    // Without a pointer, the last block: the tuned generator against what it was.
    const int target = hovered_.block >= 0 ? hovered_.block : blockCount() - 1;
    if (!flipping_ || target != block || blockCount() < 2) return block;
    return block > 0 ? block - 1 : blockCount() - 1;
}

void SampleGrid::paintBlock(QPainter& painter, int block, const FigureInk& ink) const {
    const auto b = std::size_t(block);
    const int shown = shownBlock(block);
    const SampleBlock& source = blocks_[b];
    const double badge = badgeWidth(source.busyText, ink);
    drawHeading(painter, layout_.headings[b].adjusted(0, 0, badge > 0 ? -badge - kGrid : 0, 0), blocks_[std::size_t(shown)], ink, shown != block);
    drawBadge(painter, layout_.headings[b], source.busyText, ink);
    const Pictures& pictures = pictures_[std::size_t(shown)];
    QColor empty = ink.text;
    empty.setAlphaF(0.045f);
    if (std::all_of(pictures.now.begin(), pictures.now.end(), [](const QImage& image) { return image.isNull(); }) && pictures.shown >= 1) {
        painter.fillRect(layout_.grids[b], empty);
        if (source.busyText.isEmpty()) drawEmptyState(painter, layout_.grids[b], source.emptyHint, ink);
        return;
    }
    const int places = layout_.places;
    for (int place = 0; place < places; ++place) {
        const QRectF cell = layout_.cell(block, place);
        const auto p = std::size_t(place);
        const bool have = p < pictures.now.size() && !pictures.now[p].isNull();
        const bool had = pictures.shown < 1 && p < pictures.before.size() && !pictures.before[p].isNull();
        if (!have && !had) painter.fillRect(cell, empty);
        if (had) painter.drawImage(cell, pictures.before[p]);
        if (have) {
            painter.setOpacity(had ? pictures.shown : 1);
            painter.drawImage(cell, pictures.now[p]);
            painter.setOpacity(1);
        }
    }
}

void SampleGrid::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const FigureInk ink = screenInk(*this);
    painter.fillRect(rect(), ink.background);
    for (int b = 0; b < int(layout_.grids.size()); ++b) paintBlock(painter, b, ink);
    painter.setBrush(Qt::NoBrush);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int place = 0; place < int(places_.size()); ++place) {
        const bool chosen = selected_ == places_[std::size_t(place)], under = place == hovered_.place;
        if (!chosen && !under) continue;
        QPen pen(chosen ? accentColour(palette()) : ink.muted, chosen ? 2 : 1);
        pen.setJoinStyle(Qt::MiterJoin);
        painter.setPen(pen);
        const double out = chosen ? 1 : 0.5;
        for (int b = 0; b < int(layout_.grids.size()); ++b) painter.drawRect(layout_.cell(b, place).adjusted(-out, -out, out, out));
    }
    if (keyboardFocus_) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(accentColour(palette()));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

QString SampleGrid::readout() const {
    if (hovered_.block < 0) return {};
    return seedText(places_[std::size_t(hovered_.place)]) + QStringLiteral(" · ") +
           blocks_[std::size_t(shownBlock(hovered_.block))].title;
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

void SampleGrid::describe() {
    QStringList parts;
    for (const auto& block : blocks_)
        parts << tr("%1: %2").arg(block.title, block.samples.images.empty()
                                                   ? tr("empty") : tr("images %1").arg(block.samples.images.size()));
    if (selected_) parts << tr("%1 is selected").arg(seedText(*selected_));
    setAccessibleDescription(parts.isEmpty() ? tr("No samples yet") : parts.join(QStringLiteral("; ")));
}

void SampleGrid::mouseMoveEvent(QMouseEvent* event) {
    hover(cellAt(event->position()));
    setFlipping(event->modifiers() & Qt::ShiftModifier);
}

void SampleGrid::mousePressEvent(QMouseEvent* event) {
    const Cell cell = cellAt(event->position());
    if (event->button() == Qt::LeftButton && cell.block >= 0) select(places_[std::size_t(cell.place)]);
    else QWidget::mousePressEvent(event);
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
        else QToolTip::showText(help->globalPos(), seedText(places_[std::size_t(cell.place)]), this, cellRect(cell.block, cell.place));
        return true;
    }
    return QWidget::event(event);
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
    // Room for every block at zoom 1 with the places in a square.
    const int places = places_.empty() ? kDefaultPlaces : int(places_.size());
    const int perRow = std::max(1, int(std::ceil(std::sqrt(double(places)))));
    const QSize image = layout_.image.isEmpty() ? QSize(28, 28) : layout_.image;
    const int rows = (places + perRow - 1) / perRow, blocks = std::max(blockCount(), 1);
    return {std::min(900, blocks * (perRow * (image.width() + 2) + 20) + 3 * kGrid),
            std::min(600, rows * (image.height() + 2) + int(headingHeight(screenInk(*this))) + 3 * kGrid)};
}

}  // namespace thaw

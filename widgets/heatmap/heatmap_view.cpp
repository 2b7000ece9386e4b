// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/heatmap/heatmap_view.h"

#include "widgets/base/empty_state.h"
#include "widgets/base/number_text.h"
#include "widgets/base/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

constexpr HeatmapParts kScreenParts{.title = true, .caption = false, .footLine = true, .wholeCells = true};

}  // namespace

HeatmapView::HeatmapView(QWidget* parent) : QWidget(parent), emptyText_(tr("No data yet")) {
    setObjectName(QStringLiteral("heatmapView"));
    setAccessibleName(tr("Heatmap"));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    describe();
}

void HeatmapView::setData(const HeatmapData& data) {
    const bool sameShape = data.rows == data_.rows && data.cols == data_.cols && data.x == data_.x && data.y == data_.y;
    data_ = data;
    // New numbers on the same axes keep the read-out where it was.
    if (!sameShape) pinned_ = false, cell_.reset();
    rebuild();
    Q_EMIT hovered(readout());
}

void HeatmapView::clear() { setData({}); }

void HeatmapView::setEmptyText(const QString& text) {
    emptyText_ = text;
    describe();
    update();
}

void HeatmapView::setBusyText(const QString& text) {
    busyText_ = text;
    update();
}

void HeatmapView::setStyleOptions(const HeatmapStyle& options) {
    options_ = options;
    rebuild();
}

void HeatmapView::setColourMap(ColourMap map) {
    options_.map = map;
    rebuild();
}

void HeatmapView::setRange(std::optional<std::pair<double, double>> range) {
    options_.range = range && range->second > range->first ? range : std::nullopt;
    rebuild();
}

void HeatmapView::rebuild() {
    image_ = heatmapImage(data_, options_, noValueColour(screenStyle(*this)));
    layOut();
    describe();
    update();
}

void HeatmapView::layOut() {
    layout_ = layOutHeatmap(data_, options_, QRectF(rect()).adjusted(kGrid, kGrid, -kGrid, -kGrid), screenStyle(*this),
                            kScreenParts);
}

std::optional<QPoint> HeatmapView::currentCell() const { return cell_; }
QString HeatmapView::readout() const { return cell_ ? cellText(data_, cell_->y(), cell_->x()) : QString(); }
QRectF HeatmapView::cellRect(int row, int col) const {
    return data_.empty() ? QRectF() : layout_.cell(data_, row, col);
}

QString HeatmapView::shownText() const { return cell_ ? readout() : data_.caption; }

void HeatmapView::describe() {
    setToolTip(data_.caption);
    if (data_.empty()) {
        setAccessibleDescription(emptyText_);
        return;
    }
    const auto [low, high] = valueRange(data_);
    QString text = tr("%1. %2 rows, %3 columns, from %4 to %5.")
                       .arg(data_.title.isEmpty() ? data_.valueLabel : data_.title)
                       .arg(data_.rows)
                       .arg(data_.cols)
                       .arg(formatQuantity(low, data_.unit, 3), formatQuantity(high, data_.unit, 3));
    if (cell_) text += QLatin1Char(' ') + readout();
    setAccessibleDescription(text);
}

std::optional<QPoint> HeatmapView::cellAt(QPointF position) const {
    if (data_.empty() || !layout_.plot.contains(position)) return {};
    const int col = int((position.x() - layout_.plot.left()) / layout_.plot.width() * data_.cols);
    const int row = int((position.y() - layout_.plot.top()) / layout_.plot.height() * data_.rows);
    return QPoint(std::clamp(col, 0, data_.cols - 1), std::clamp(row, 0, data_.rows - 1));
}

void HeatmapView::setCell(std::optional<QPoint> cell) {
    if (cell == cell_) return;
    cell_ = cell;
    describe();
    update();
    Q_EMIT hovered(readout());
}

void HeatmapView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const FigureStyle style = screenStyle(*this);
    painter.fillRect(rect(), style.background);
    const QRectF area = QRectF(rect()).adjusted(kGrid, kGrid, -kGrid, -kGrid);
    if (data_.empty()) {
        if (busyText_.isEmpty()) drawEmptyState(painter, area, emptyText_, style);
    } else {
        drawHeatmap(painter, data_, options_, layout_, image_, style);
        drawLine(painter, layout_.foot, Qt::AlignLeft, shownText(), style.small(), cell_ ? style.text : style.muted);
        if (cell_) {
            // Black and white together are seen on every colour of every map.
            const QRectF box = layout_.cell(data_, cell_->y(), cell_->x());
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(Qt::black, pinned_ ? 3 : 2));
            painter.drawRect(box.adjusted(-1, -1, 1, 1));
            painter.setPen(QPen(Qt::white, 1));
            painter.drawRect(box.adjusted(-1, -1, 1, 1));
        }
    }
    // Over the picture, where no title can be under it.
    drawBadge(painter, data_.empty() ? area : layout_.plot.adjusted(6, 6, -6, -6), busyText_, style);
    if (keyboardFocus_) {
        painter.setPen(accentColour(palette()));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void HeatmapView::mouseMoveEvent(QMouseEvent* event) {
    if (!pinned_) setCell(cellAt(event->position()));
}

void HeatmapView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return QWidget::mousePressEvent(event);
    const auto cell = cellAt(event->position());
    const bool again = pinned_ && cell == cell_;
    pinned_ = cell && !again;
    setCell(cell);
    update();
    if (cell) Q_EMIT cellActivated(cell->y(), cell->x());
}

void HeatmapView::leaveEvent(QEvent* event) {
    QWidget::leaveEvent(event);
    if (!pinned_) setCell({});
}

void HeatmapView::keyPressEvent(QKeyEvent* event) {
    if (data_.empty()) return QWidget::keyPressEvent(event);
    const QPoint start = cell_.value_or(QPoint(data_.cols / 2, data_.rows / 2));
    QPoint next = start;
    switch (event->key()) {
    case Qt::Key_Left: next.rx() -= 1; break;
    case Qt::Key_Right: next.rx() += 1; break;
    case Qt::Key_Up: next.ry() -= 1; break;
    case Qt::Key_Down: next.ry() += 1; break;
    case Qt::Key_Home: next.setX(0); break;
    case Qt::Key_End: next.setX(data_.cols - 1); break;
    case Qt::Key_PageUp: next.setY(0); break;
    case Qt::Key_PageDown: next.setY(data_.rows - 1); break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (cell_) Q_EMIT cellActivated(cell_->y(), cell_->x());
        return;
    case Qt::Key_Escape:
        if (!cell_) return QWidget::keyPressEvent(event);
        pinned_ = false;
        setCell({});
        return;
    default:
        if (event->matches(QKeySequence::Copy) && cell_) {
            QApplication::clipboard()->setText(readout());
            return;
        }
        return QWidget::keyPressEvent(event);
    }
    // The first key shows the cursor, the next ones move it.
    if (!cell_ && event->key() != Qt::Key_Home && event->key() != Qt::Key_End) next = start;
    pinned_ = true;
    setCell(QPoint(std::clamp(next.x(), 0, data_.cols - 1), std::clamp(next.y(), 0, data_.rows - 1)));
}

void HeatmapView::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    keyboardFocus_ = event->reason() != Qt::MouseFocusReason && event->reason() != Qt::ActiveWindowFocusReason;
    update();
}

void HeatmapView::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    keyboardFocus_ = false;
    update();
}

void HeatmapView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    layOut();
}

void HeatmapView::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) rebuild();
}

QSize HeatmapView::sizeHint() const { return {420, 340}; }
QSize HeatmapView::minimumSizeHint() const { return {220, 180}; }

}  // namespace thaw

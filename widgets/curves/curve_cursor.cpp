// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/curves/curve_cursor.h"

#include "widgets/base/qcustomplot.h"
#include "widgets/base/theme.h"
#include "widgets/curves/curve_canvas.h"
#include "widgets/curves/curve_readout.h"

#include <QLabel>

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

QString pointerLayer() { return QStringLiteral("pointer"); }

void placeAt(QCPItemStraightLine& line, double x) {
    line.point1->setCoords(x, 0);
    line.point2->setCoords(x, 1);
}

}  // namespace

CurveCursor::CurveCursor(QCustomPlot& plot, const CurveStore& store, const CurveCanvas& canvas)
    : plot_(plot), store_(store), canvas_(canvas), bubble_(new QLabel(&plot)) {
    plot_.addLayer(pointerLayer(), plot_.layer(QStringLiteral("overlay")), QCustomPlot::limBelow);
    plot_.layer(pointerLayer())->setMode(QCPLayer::lmBuffered);
    for (QCPItemStraightLine** line : {&pinLine_, &crosshair_}) {
        *line = new QCPItemStraightLine(&plot_);
        (*line)->setLayer(pointerLayer());
        (*line)->setSelectable(false);
        (*line)->setVisible(false);
        for (QCPItemPosition* end : {(*line)->point1, (*line)->point2}) end->setTypeY(QCPItemPosition::ptAxisRectRatio);
    }
    bubble_->setObjectName(QStringLiteral("curveReadout"));
    bubble_->setAttribute(Qt::WA_TransparentForMouseEvents);
    bubble_->setTextFormat(Qt::RichText);
    bubble_->hide();
}

void CurveCursor::matchSeries() {
    while (int(dots_.size()) > store_.count()) {
        plot_.removeItem(dots_.back());
        dots_.pop_back();
    }
    while (int(dots_.size()) < store_.count()) {
        auto* dot = new QCPItemTracer(&plot_);
        dot->setLayer(pointerLayer());
        dot->setStyle(QCPItemTracer::tsCircle);
        dot->setSize(8);
        dot->setSelectable(false);
        dot->setVisible(false);
        dots_.push_back(dot);
    }
}

void CurveCursor::restyle(const QPalette& palette) {
    palette_ = palette;
    crosshair_->setPen(QPen(mutedColour(palette), 1));
    pinLine_->setPen(QPen(accentColour(palette), 1));
    for (int i = 0; i < int(dots_.size()); ++i) {
        dots_[std::size_t(i)]->setPen(QPen(palette.color(QPalette::Base), 1));
        dots_[std::size_t(i)]->setBrush(canvas_.colour(i));
    }
    bubble_->setStyleSheet(
        QStringLiteral(
            "QLabel { background: %1; color: %2; border: 1px solid %3; border-radius: 4px; padding: 4px 6px; }")
            .arg(palette.color(QPalette::ToolTipBase).name(), palette.color(QPalette::Text).name(),
                 lineColour(palette).name()));
}

bool CurveCursor::isShown() const { return plot_.isVisible(); }

void CurveCursor::moveTo(double x, Origin origin) {
    const auto nearest = store_.nearestX(x);
    if (!nearest) return leave(origin);
    // Where a linked plot's crosshair stands, this one stands too; the read-out says how far off the nearest point is.
    x_ = origin == Origin::Linked ? x : *nearest;
    origin_ = origin;
    placeAt(*crosshair_, *x_);
    crosshair_->setVisible(true);
    placeDots();
    plot_.layer(pointerLayer())->replot();
    placeBubble();
    if (origin == Origin::Own) Q_EMIT moved(*x_);
    const QString text = plainReadout(store_, {*x_, pin_, xLabel_});
    if (text == readout_) return;
    readout_ = text;
    Q_EMIT readoutChanged();
    if (origin == Origin::Own) Q_EMIT hovered(readout_);
}

void CurveCursor::placeDots() {
    for (int i = 0; i < int(dots_.size()); ++i) {
        const StoredCurve& curve = store_[i];
        QCPItemTracer& dot = *dots_[std::size_t(i)];
        dot.setVisible(false);
        if (!isReadOut(curve)) continue;
        const std::size_t at = curve.raw.nearest(*x_);
        dot.position->setCoords(curve.shown().x()[at], curve.shown().y()[at]);
        dot.setVisible(std::isfinite(curve.shown().y()[at]));
    }
}

void CurveCursor::placeBubble() {
    bubble_->setText(richReadout(store_, {*x_, pin_, xLabel_}, mutedColour(palette_),
                                 [this](int series) { return canvas_.colour(series); }));
    bubble_->adjustSize();
    // Beside the pointer's half, so that it never covers what is read.
    const QRect room = plot_.axisRect()->rect();
    const bool right = plot_.xAxis->coordToPixel(*x_) < room.center().x();
    bubble_->move(right ? room.right() - bubble_->width() - 4 : room.left() + 4, room.top() + 4);
    bubble_->show();
}

void CurveCursor::step(int steps) {
    const StoredCurve* curve = store_.longest();
    if (!curve) return;
    if (!x_) return moveTo(curve->raw.x().back());
    const auto at = std::ptrdiff_t(curve->raw.nearest(*x_)) + steps;
    moveTo(curve->raw.x()[std::size_t(std::clamp<std::ptrdiff_t>(at, 0, std::ptrdiff_t(curve->raw.size()) - 1))]);
}

void CurveCursor::leave(Origin origin) {
    if (origin == Origin::Own) Q_EMIT left();
    if (!x_) return;
    x_.reset();
    crosshair_->setVisible(false);
    for (auto* dot : dots_) dot->setVisible(false);
    plot_.layer(pointerLayer())->replot();
    bubble_->hide();
    readout_.clear();
    Q_EMIT readoutChanged();
    if (origin == Origin::Own) Q_EMIT hovered({});
}

void CurveCursor::setPin(std::optional<double> x, Origin origin) {
    if (x == pin_) return;
    pin_ = x;
    pinLine_->setVisible(pin_.has_value());
    if (pin_) placeAt(*pinLine_, *pin_);
    plot_.layer(pointerLayer())->replot();
    if (x_) moveTo(*x_, origin);
    if (origin == Origin::Own) Q_EMIT pinned(x);
}

void CurveCursor::togglePin(double pixels) {
    if (!x_) return;
    const auto at = [this](double x) { return plot_.xAxis->coordToPixel(x); };
    const bool again = pin_ && (*pin_ == *x_ || std::abs(at(*pin_) - at(*x_)) < pixels);
    setPin(again ? std::nullopt : x_);
}

void CurveCursor::refresh() {
    if (x_) moveTo(*x_, origin_);
}

}  // namespace thaw

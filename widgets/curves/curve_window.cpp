// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/curves/curve_window.h"

#include "widgets/base/qcustomplot.h"
#include "widgets/curves/curve_range.h"

#include <QScopedValueRollback>

#include <algorithm>

namespace thaw {
namespace {

constexpr std::size_t kMostFitted = 512;  // points a series; extremes are among them
constexpr double kWheelFactor = 0.87;     // per notch

}  // namespace

std::optional<std::pair<AxisRange, AxisRange>> fittedWindow(const CurveStore& store, bool logX, bool logY,
                                                            const std::vector<AxisRange>& others) {
    if (store.empty()) return std::nullopt;
    RangeFit x(logX);
    for (const auto& [first, last] : others) {
        x.add(first);
        x.add(last);
    }
    for (const StoredCurve& curve : store.curves()) {
        if (!curve.visible || curve.raw.empty()) continue;
        x.add(curve.raw.x().front());
        x.add(curve.raw.x().back());
        if (!logX) continue;
        const auto positive = std::upper_bound(curve.raw.x().begin(), curve.raw.x().end(), 0.0);
        if (positive != curve.raw.x().end()) x.add(*positive);
    }
    if (x.empty()) return std::nullopt;
    const AxisRange xRange = fittedX(x.low(), x.high(), logX);
    RangeFit y(logY);
    bool onlyPoints = true;
    for (const StoredCurve& curve : store.curves()) {
        if (!curve.visible) continue;
        onlyPoints = onlyPoints && curve.kind != CurveKind::Line && curve.kind != CurveKind::Band;
        for (const double value : curve.raw.window(xRange.first, xRange.second, kMostFitted).y) y.add(value);
        if (curve.kind == CurveKind::Band)
            for (const double value : curve.smooth.window(xRange.first, xRange.second, kMostFitted).y) y.add(value);
    }
    for (const CurveReference& reference : store.references()) y.add(reference.y);
    return std::pair{xRange, fittedY(y, logY, onlyPoints)};
}

CurveWindow::CurveWindow(QCustomPlot& plot) : plot_(plot) {
    plot_.setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    plot_.axisRect()->setRangeZoomFactor(kWheelFactor);
    for (QCPAxis* axis : {plot_.xAxis, plot_.yAxis})
        connect(axis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this, [this] {
            if (!setting_) userMoved();
        });
}

void CurveWindow::setLog(bool x, bool y) {
    logX_ = x;
    logY_ = y;
}

AxisRange CurveWindow::xRange() const { return {plot_.xAxis->range().lower, plot_.xAxis->range().upper}; }
AxisRange CurveWindow::yRange() const { return {plot_.yAxis->range().lower, plot_.yAxis->range().upper}; }

void CurveWindow::setFollows(bool on) {
    if (follows_ == on) return;
    follows_ = on;
    Q_EMIT followsChanged(on);
}

void CurveWindow::fit(const CurveStore& store, const std::vector<AxisRange>& others) {
    if (!follows_) return;
    if (const auto window = fittedWindow(store, logX_, logY_, others)) setRanges(window->first, window->second);
}

void CurveWindow::setXRange(const AxisRange& range) {
    const QScopedValueRollback<bool> setting(setting_, true);
    plot_.xAxis->setRange(range.first, range.second);
}

void CurveWindow::setRanges(const AxisRange& x, const AxisRange& y) {
    const QScopedValueRollback<bool> setting(setting_, true);
    plot_.xAxis->setRange(x.first, x.second);
    plot_.yAxis->setRange(y.first, y.second);
}

void CurveWindow::zoom(double factor, std::optional<double> aboutX) {
    plot_.xAxis->scaleRange(factor, aboutX.value_or(plot_.xAxis->range().center()));
    plot_.yAxis->scaleRange(factor);
}

void CurveWindow::setWheelAxes(bool x, bool y) {
    QList<QCPAxis*> axes;
    if (x) axes << plot_.xAxis;
    if (y) axes << plot_.yAxis;
    plot_.axisRect()->setRangeZoomAxes(axes);
}

void CurveWindow::userMoved() {
    // On a logarithmic axis nothing lies below zero; QCustomPlot would flip the range to the negative side.
    const auto keepPositive = [](QCPAxis* axis) {
        if (axis->scaleType() == QCPAxis::stLogarithmic && axis->range().lower <= 0)
            axis->setRangeLower(axis->range().upper * 1e-6);
    };
    {
        const QScopedValueRollback<bool> setting(setting_, true);
        keepPositive(plot_.xAxis);
        keepPositive(plot_.yAxis);
    }
    setFollows(false);
    Q_EMIT moved();
}

}  // namespace thaw

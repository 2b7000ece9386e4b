// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/curves/curve_store.h"

#include <algorithm>
#include <cmath>

namespace thaw {

bool isReadOut(const StoredCurve& curve) { return curve.visible && !isAside(curve.kind) && !curve.raw.empty(); }

int CurveStore::add(const QString& name, CurveKind kind, int colour, int dash) {
    StoredCurve curve;
    curve.name = name;
    curve.kind = kind;
    curve.colour = colour >= 0 ? colour : count();
    curve.dash = dash >= 0 ? dash : int(std::count_if(curves_.begin(), curves_.end(), [](const StoredCurve& other) {
        return other.kind != CurveKind::Band;
    }));
    curve.ema = DebiasedEma(weight_);
    curves_.push_back(std::move(curve));
    return count() - 1;
}

void CurveStore::append(int series, double x, double y, const QString& note) {
    if (has(series) && std::isfinite(x)) put(curves_[std::size_t(series)], x, y, note);
}

void CurveStore::put(StoredCurve& curve, double x, double y, const QString& note) const {
    if (!curve.raw.empty() && x < curve.raw.x().back()) {
        // A resumed run takes up again at an earlier step; what it abandoned is not part of it.
        curve.raw.truncate(x);
        curve.notes.resize(std::min(curve.notes.size(), qsizetype(curve.raw.size())));
        rebuildSmooth(curve);
    }
    curve.raw.append(x, y);
    if (curve.kind == CurveKind::Line && weight_ > 0) curve.smooth.append(x, curve.ema.add(y));
    if (!note.isEmpty()) {
        curve.notes.resize(qsizetype(curve.raw.size()));
        curve.notes.back() = note;
    }
}

void CurveStore::rebuildSmooth(StoredCurve& curve) const {
    if (curve.kind == CurveKind::Band) return;  // its lower edge is kept there
    curve.smooth.clear();
    curve.ema = DebiasedEma(weight_);
    if (curve.kind != CurveKind::Line || weight_ <= 0) return;
    for (std::size_t i = 0; i < curve.raw.size(); ++i)
        curve.smooth.append(curve.raw.x()[i], curve.ema.add(curve.raw.y()[i]));
}

void CurveStore::clearPoints(StoredCurve& curve) const {
    curve.raw.clear();
    curve.smooth.clear();
    curve.notes.clear();
    curve.ema = DebiasedEma(weight_);
}

void CurveStore::setData(int series, const std::vector<double>& x, const std::vector<double>& y) {
    if (!has(series)) return;
    clearPoints(curves_[std::size_t(series)]);
    for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) append(series, x[i], y[i]);
}

void CurveStore::setBand(int series, const std::vector<double>& x, const std::vector<double>& low,
                         const std::vector<double>& high) {
    if (!has(series)) return;
    StoredCurve& curve = curves_[std::size_t(series)];
    clearPoints(curve);
    for (std::size_t i = 0; i < std::min({x.size(), low.size(), high.size()}); ++i) {
        curve.raw.append(x[i], high[i]);
        curve.smooth.append(x[i], low[i]);
    }
}

void CurveStore::prepend(int series, const std::vector<double>& x, const std::vector<double>& y) {
    if (!has(series)) return;
    StoredCurve& curve = curves_[std::size_t(series)];
    const auto laterX = curve.raw.x(), laterY = curve.raw.y();
    const QStringList notes = curve.notes;
    clearPoints(curve);
    for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i)
        if (laterX.empty() || x[i] < laterX.front()) append(series, x[i], y[i]);
    for (std::size_t i = 0; i < laterX.size(); ++i) append(series, laterX[i], laterY[i], notes.value(qsizetype(i)));
}

void CurveStore::setName(int series, const QString& name) {
    if (has(series)) curves_[std::size_t(series)].name = name;
}

void CurveStore::setLook(int series, int colour, int dash) {
    if (!has(series)) return;
    curves_[std::size_t(series)].colour = colour;
    curves_[std::size_t(series)].dash = dash;
}

void CurveStore::setVisible(int series, bool visible) {
    if (!has(series)) return;
    for (StoredCurve& other : curves_)
        if (other.kind == CurveKind::Band && other.name == (*this)[series].name) other.visible = visible;
    curves_[std::size_t(series)].visible = visible;
}

void CurveStore::setSmoothing(double weight) {
    if (weight == weight_) return;
    weight_ = weight;
    for (StoredCurve& curve : curves_) rebuildSmooth(curve);
}

void CurveStore::setReference(double y, const QString& text) {
    const auto same =
        std::find_if(references_.begin(), references_.end(), [&](const auto& r) { return r.text == text; });
    if (same == references_.end()) references_.push_back({y, text});
    else same->y = y;
}

void CurveStore::clear() {
    for (StoredCurve& curve : curves_) clearPoints(curve);
    marks_.clear();
}

void CurveStore::removeSeries() {
    curves_.clear();
    marks_.clear();
}

void CurveStore::addTo(CurveFigure& figure) const {
    figure.marks = marks_;
    figure.references = references_;
    figure.smoothing = weight_;
    for (const StoredCurve& curve : curves_)
        figure.series.push_back({curve.name, curve.kind, curve.colour, curve.visible, curve.raw.x(), curve.raw.y(),
                                 curve.kind == CurveKind::Band ? curve.smooth.y() : std::vector<double>(), curve.notes,
                                 curve.dash});
}

bool CurveStore::empty() const {
    return std::all_of(curves_.begin(), curves_.end(), [](const auto& curve) { return curve.raw.empty(); });
}

bool CurveStore::hasLines() const {
    return std::any_of(curves_.begin(), curves_.end(), [](const auto& curve) { return curve.kind == CurveKind::Line; });
}

std::optional<std::pair<double, double>> CurveStore::reach() const {
    std::optional<std::pair<double, double>> reach;
    for (const StoredCurve& curve : curves_) {
        if (!curve.visible || curve.raw.empty()) continue;
        const double low = curve.raw.x().front(), high = curve.raw.x().back();
        reach = reach ? std::pair{std::min(reach->first, low), std::max(reach->second, high)} : std::pair{low, high};
    }
    return reach;
}

const StoredCurve* CurveStore::longest() const {
    const StoredCurve* best = nullptr;
    for (const StoredCurve& curve : curves_)
        if (isReadOut(curve) && (!best || curve.raw.size() > best->raw.size())) best = &curve;
    return best;
}

std::optional<double> CurveStore::nearestX(double x) const {
    std::optional<double> best;
    for (const StoredCurve& curve : curves_) {
        if (!isReadOut(curve)) continue;
        const double at = curve.raw.x()[curve.raw.nearest(x)];
        if (!best || std::abs(at - x) < std::abs(*best - x)) best = at;
    }
    return best;
}

}  // namespace thaw

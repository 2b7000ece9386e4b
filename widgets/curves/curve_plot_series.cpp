// SPDX-License-Identifier: GPL-3.0-or-later

// The series of a CurvePlot and their points.
#include "widgets/curves/curve_plot_impl.h"

#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace thaw {

int CurvePlot::addSeries(const QString& name, CurveKind kind, int colour) {
    Impl& d = *impl_;
    const int id = int(d.series.size());
    auto series = std::make_unique<Impl::Series>();
    series->name = name;
    series->kind = kind;
    series->colour = colour >= 0 ? colour : id;
    series->ema = DebiasedEma(d.weight);
    d.series.push_back(std::move(series));
    d.canvas.addSeries(name, kind, d.series.back()->colour);
    d.addChip(id);
    d.updateControls();
    return id;
}

void CurvePlot::append(int series, double x, double y, const QString& note) {
    if (series < 0 || series >= int(impl_->series.size()) || !std::isfinite(x)) return;
    impl_->append(*impl_->series[std::size_t(series)], x, y, note);
    impl_->schedule();
}

void CurvePlot::setData(int series, const std::vector<double>& x, const std::vector<double>& y) {
    if (series < 0 || series >= int(impl_->series.size())) return;
    Impl::Series& s = *impl_->series[std::size_t(series)];
    s.clear(impl_->weight);
    for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i)
        if (std::isfinite(x[i])) impl_->append(s, x[i], y[i], {});
    impl_->schedule();
}

void CurvePlot::setBand(int series, const std::vector<double>& x, const std::vector<double>& low,
                        const std::vector<double>& high) {
    if (series < 0 || series >= int(impl_->series.size())) return;
    Impl::Series& s = *impl_->series[std::size_t(series)];
    s.clear(impl_->weight);
    for (std::size_t i = 0; i < std::min({x.size(), low.size(), high.size()}); ++i) {
        s.raw.append(x[i], high[i]);
        s.smooth.append(x[i], low[i]);
    }
    impl_->schedule();
}

void CurvePlot::setFigure(const CurveFigure& figure) {
    removeSeries();
    setTitle(figure.title);
    setAxisLabels(figure.xLabel, figure.yLabel);
    setCaption(figure.caption);
    setProvenance(figure.provenance);
    clearReferences();
    for (const auto& reference : figure.references) setReference(reference.y, reference.text);
    setLogX(figure.logX);
    setLogY(figure.logY);
    for (const auto& line : figure.series) {
        const int id = addSeries(line.name, line.kind, line.colour);
        if (line.kind == CurveKind::Band) setBand(id, line.x, line.low, line.y);
        else setData(id, line.x, line.y);
    }
    fit();
}

void CurvePlot::prepend(int series, const std::vector<double>& x, const std::vector<double>& y) {
    if (series < 0 || series >= int(impl_->series.size())) return;
    Impl::Series& s = *impl_->series[std::size_t(series)];
    const auto laterX = s.raw.x(), laterY = s.raw.y();
    const QStringList notes = s.notes;
    s.clear(impl_->weight);
    for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i)
        if (std::isfinite(x[i]) && (laterX.empty() || x[i] < laterX.front())) impl_->append(s, x[i], y[i], {});
    for (std::size_t i = 0; i < laterX.size(); ++i) impl_->append(s, laterX[i], laterY[i], notes.value(qsizetype(i)));
    impl_->schedule();
}

int CurvePlot::pointCount(int series) const {
    return series >= 0 && series < int(impl_->series.size()) ? int(impl_->series[std::size_t(series)]->raw.size()) : 0;
}

void CurvePlot::setSeriesVisible(int series, bool visible) {
    if (series < 0 || series >= int(impl_->series.size())) return;
    // A band goes with its line.
    for (std::size_t i = 0; i < impl_->series.size(); ++i) {
        Impl::Series& other = *impl_->series[i];
        if (other.kind != CurveKind::Band || other.name != impl_->series[std::size_t(series)]->name) continue;
        other.visible = visible;
        impl_->canvas.setSeriesVisible(int(i), visible);
    }
    impl_->series[std::size_t(series)]->visible = visible;
    impl_->series[std::size_t(series)]->chip->setChecked(visible);
    impl_->canvas.setSeriesVisible(series, visible);
    impl_->schedule();
}

bool CurvePlot::isSeriesVisible(int series) const {
    return series >= 0 && series < int(impl_->series.size()) && impl_->series[std::size_t(series)]->visible;
}

void CurvePlot::setSeriesOffered(int series, bool offered) {
    if (series < 0 || series >= int(impl_->series.size())) return;
    setSeriesVisible(series, offered);
    impl_->series[std::size_t(series)]->chip->setVisible(offered);
}

void CurvePlot::setSeriesName(int series, const QString& name) {
    if (series < 0 || series >= int(impl_->series.size())) return;
    impl_->series[std::size_t(series)]->name = name;
    impl_->nameChip(series);
    impl_->describe();
}

}  // namespace thaw

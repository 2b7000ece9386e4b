// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/base/icons.h"
#include "widgets/base/number_text.h"
#include "widgets/base/theme.h"
#include "widgets/curves/curve_plot_impl.h"
#include "widgets/curves/curve_range.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPixmap>
#include <QSlider>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

// Narrower plots keep the names of their lines: the slider's name goes first, then the slider, then "log".
constexpr int kWordyWidth = 440, kSliderWidth = 400, kLogWidth = 340;

}  // namespace

CurvePlot::Impl::Impl(CurvePlot& owner_) : owner(owner_), plot(new QCustomPlot(&owner_)), canvas(*plot) {
    plot->setObjectName(QStringLiteral("curveCanvas"));
    plot->setFocusPolicy(Qt::StrongFocus);
    plot->setMouseTracking(true);
    plot->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    plot->setMinimumSize(80, 60);
    plot->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    plot->setNoAntialiasingOnDrag(true);
    plot->axisRect()->setRangeZoomFactor(0.87);

    // What follows the pointer has a buffer of its own: moving it redraws no curve.
    plot->addLayer(QStringLiteral("pointer"), plot->layer(QStringLiteral("overlay")), QCustomPlot::limBelow);
    plot->layer(QStringLiteral("pointer"))->setMode(QCPLayer::lmBuffered);
    for (QCPItemStraightLine** line : {&pinLine, &crosshair}) {
        *line = new QCPItemStraightLine(plot);
        (*line)->setLayer(QStringLiteral("pointer"));
        (*line)->setSelectable(false);
        (*line)->setVisible(false);
        for (QCPItemPosition* end : {(*line)->point1, (*line)->point2}) end->setTypeY(QCPItemPosition::ptAxisRectRatio);
    }

    empty = new QLabel(CurvePlot::tr("No data yet"), plot);
    empty->setObjectName(QStringLiteral("curveEmpty"));
    empty->setAlignment(Qt::AlignCenter);
    empty->setWordWrap(true);
    empty->setAutoFillBackground(true);
    empty->setBackgroundRole(QPalette::Base);
    empty->setAttribute(Qt::WA_TransparentForMouseEvents);
    makeMuted(empty);
    bubble = new QLabel(plot);
    bubble->setObjectName(QStringLiteral("curveReadout"));
    bubble->setAttribute(Qt::WA_TransparentForMouseEvents);
    bubble->setTextFormat(Qt::RichText);
    bubble->hide();

    QObject::connect(plot, &QCustomPlot::afterReplot, &owner, [this] { ++frames; });
    const auto moved = [this] {
        if (!fitting) userMoved();
    };
    for (QCPAxis* axis : {plot->xAxis, plot->yAxis})
        QObject::connect(axis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), &owner, moved);
}

void CurvePlot::Impl::Series::clear(double weight) {
    raw.clear();
    smooth.clear();
    notes.clear();
    ema = DebiasedEma(weight);
}

bool CurvePlot::Impl::isEmpty() const {
    return std::all_of(series.begin(), series.end(), [](const auto& s) { return s->raw.empty(); });
}

void CurvePlot::Impl::append(Series& s, double x, double y, const QString& note) {
    if (!s.raw.empty() && x < s.raw.x().back()) {
        // A resumed run takes up again at an earlier step; what it abandoned is not part of it.
        s.raw.truncate(x);
        s.notes.resize(std::min(s.notes.size(), qsizetype(s.raw.size())));
        rebuildSmooth(s);
    }
    s.raw.append(x, y);
    if (s.kind == CurveKind::Line && weight > 0) s.smooth.append(x, s.ema.add(y));
    if (!note.isEmpty()) {
        s.notes.resize(qsizetype(s.raw.size()));
        s.notes.back() = note;
    }
}

void CurvePlot::Impl::rebuildSmooth(Series& s) {
    if (s.kind == CurveKind::Band) return;  // holds its lower edge
    s.smooth.clear();
    s.ema = DebiasedEma(weight);
    if (s.kind != CurveKind::Line || weight <= 0) return;
    for (std::size_t i = 0; i < s.raw.size(); ++i) s.smooth.append(s.raw.x()[i], s.ema.add(s.raw.y()[i]));
}

void CurvePlot::Impl::applySmoothing(double newWeight) {
    if (newWeight == weight) return;
    weight = newWeight;
    for (auto& s : series) rebuildSmooth(*s);
    updateControls();
    schedule();
    Q_EMIT owner.smoothingChanged(weight);
}

std::optional<std::pair<double, double>> CurvePlot::Impl::extent() const {
    std::optional<std::pair<double, double>> reach;
    for (const auto& s : series) {
        if (!s->visible || s->raw.empty()) continue;
        const double low = s->raw.x().front(), high = s->raw.x().back();
        reach = reach ? std::pair{std::min(reach->first, low), std::max(reach->second, high)} : std::pair{low, high};
    }
    return reach;
}

void CurvePlot::Impl::fitRanges() {
    if (!following || isEmpty()) return;
    RangeFit x(logX);
    for (const auto& other : companions)
        if (const auto reach = other ? other->impl_->extent() : std::nullopt) {
            x.add(reach->first);
            x.add(reach->second);
        }
    for (const auto& s : series) {
        if (!s->visible || s->raw.empty()) continue;
        x.add(s->raw.x().front());
        x.add(s->raw.x().back());
        if (logX) {
            const auto positive = std::upper_bound(s->raw.x().begin(), s->raw.x().end(), 0.0);
            if (positive != s->raw.x().end()) x.add(*positive);
        }
    }
    if (x.empty()) return;
    const auto [left, right] = fittedX(x.low(), x.high(), logX);
    RangeFit y(logY);
    bool onlyPoints = true;
    for (const auto& s : series) {
        if (!s->visible) continue;
        onlyPoints = onlyPoints && s->kind != CurveKind::Line && s->kind != CurveKind::Band;
        for (const double value : s->raw.window(left, right, 512).y) y.add(value);
        if (s->kind == CurveKind::Band)
            for (const double value : s->smooth.window(left, right, 512).y) y.add(value);
    }
    for (const auto& reference : references) y.add(reference.y);
    const auto [low, high] = fittedY(y, logY, onlyPoints);
    fitting = true;
    plot->xAxis->setRange(left, right);
    plot->yAxis->setRange(low, high);
    fitting = false;
}

void CurvePlot::Impl::showData() {
    const QCPRange x = plot->xAxis->range();
    // Two points a pixel column and extreme are enough; what lies between them is under the pen.
    const auto most = std::size_t(std::max(4 * plot->width(), 1024));
    for (int i = 0; i < int(series.size()); ++i) {
        const Series& s = *series[std::size_t(i)];
        const CurvePoints raw = s.raw.window(x.lower, x.upper, most);
        if (s.kind == CurveKind::Band) canvas.showSeries(i, s.smooth.window(x.lower, x.upper, most), raw);
        else if (s.kind != CurveKind::Line) canvas.showSeries(i, raw, {});
        // Without smoothing the values themselves are the line.
        else if (weight <= 0) canvas.showSeries(i, {}, raw);
        else canvas.showSeries(i, raw, s.smooth.window(x.lower, x.upper, most));
    }
    canvas.placeLabels();
}

void CurvePlot::Impl::recolour() {
    const QPalette palette = owner.palette();
    canvas.setStyle(screenStyle(owner), false);
    crosshair->setPen(QPen(mutedColour(palette), 1));
    pinLine->setPen(QPen(accentColour(palette), 1));
    for (int i = 0; i < int(dots.size()); ++i) {
        dots[std::size_t(i)]->setPen(QPen(palette.color(QPalette::Base), 1));
        dots[std::size_t(i)]->setBrush(canvas.colour(i));
    }
    fit->setIcon(glyphIcon(Glyph::Fit, palette.color(QPalette::ButtonText)));
    follow->setIcon(glyphIcon(Glyph::Follow, palette.color(QPalette::ButtonText)));
    bubble->setStyleSheet(
        QStringLiteral(
            "QLabel { background: %1; color: %2; border: 1px solid %3; border-radius: 4px; padding: 4px 6px; }")
            .arg(palette.color(QPalette::ToolTipBase).name(), palette.color(QPalette::Text).name(),
                 lineColour(palette).name()));
    for (int i = 0; i < int(series.size()); ++i) {
        QPixmap sign(QSize(24, 12) * owner.devicePixelRatioF());
        sign.setDevicePixelRatio(owner.devicePixelRatioF());
        sign.fill(Qt::transparent);
        QPainter painter(&sign);
        canvas.drawSign(painter, QRectF(2, 0, 18, 12), i);
        painter.end();
        series[std::size_t(i)]->chip->setIcon(QIcon(sign));
    }
    schedule();
}

void CurvePlot::Impl::matchScreen() {
    if (plot->bufferDevicePixelRatio() == owner.devicePixelRatioF()) return;
    plot->setBufferDevicePixelRatio(owner.devicePixelRatioF());
    schedule();
}

void CurvePlot::Impl::addChip(int id) {
    Series& s = *series[std::size_t(id)];
    s.chip = new QToolButton;
    s.chip->setObjectName(QStringLiteral("curveSeries%1").arg(id));
    nameChip(id);
    s.chip->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    s.chip->setIconSize({24, 12});
    s.chip->setAutoRaise(true);
    // A narrow dock cuts names; their tooltips and the read-out still say them.
    s.chip->setMinimumWidth(36);
    s.chip->setCheckable(true);
    s.chip->setChecked(true);
    s.chip->setProperty("thawRole", "chip");
    chips->addWidget(s.chip);
    s.chip->setVisible(s.kind != CurveKind::Band);  // comes and goes with its line
    QObject::connect(s.chip, &QToolButton::toggled, &owner, [this, id](bool on) { owner.setSeriesVisible(id, on); });

    auto* dot = new QCPItemTracer(plot);
    dot->setLayer(QStringLiteral("pointer"));
    dot->setStyle(QCPItemTracer::tsCircle);
    dot->setSize(8);
    dot->setSelectable(false);
    dot->setVisible(false);
    dots.push_back(dot);
    recolour();
}

void CurvePlot::Impl::nameChip(int id) {
    const Series& s = *series[std::size_t(id)];
    s.chip->setText(s.name);
    s.chip->setToolTip(CurvePlot::tr("Show or hide %1").arg(s.name));
    s.chip->setAccessibleName(s.name);
}

void CurvePlot::Impl::updateControls() {
    const bool lines = series.empty() || std::any_of(series.begin(), series.end(),
                                                     [](const auto& s) { return s->kind == CurveKind::Line; });
    const bool wanted = lines && smoothingShown;
    slider->setVisible(wanted && owner.width() >= kSliderWidth);
    smoothLabel->setVisible(wanted && owner.width() >= kWordyWidth);
    log->setVisible(owner.width() >= kLogWidth);  // L does the same
    title->setVisible(!title->text().isEmpty());
    slider->setToolTip(
        CurvePlot::tr("Exponential moving average: weight of the past %1. The raw values stay behind the line.")
            .arg(formatNumber(weight, 3)));
    slider->setAccessibleDescription(slider->toolTip());
}

void CurvePlot::Impl::describe() {
    QStringList parts;
    if (!title->text().isEmpty()) parts << title->text();
    if (isEmpty()) {
        parts << empty->text();
    } else {
        for (const auto& s : series)
            if (!s->raw.empty() && s->kind != CurveKind::Band)
                parts << CurvePlot::tr("%1: points %2, latest %3 at %4")
                             .arg(s->name, formatCount(std::int64_t(s->raw.size())), formatNumber(s->raw.y().back()),
                                  formatQuantity(s->raw.x().back(), xLabel));
    }
    if (!readout.isEmpty()) parts << readout;
    owner.setAccessibleDescription(parts.join(QStringLiteral(". ")));
    plot->setAccessibleName(owner.accessibleName());
    plot->setAccessibleDescription(owner.accessibleDescription());
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/curves/curve_plot.h"

#include "widgets/base/focus_ring.h"
#include "widgets/base/qcustomplot.h"
#include "widgets/base/theme.h"
#include "widgets/curves/curve_bar.h"
#include "widgets/curves/curve_canvas.h"
#include "widgets/curves/curve_cursor.h"
#include "widgets/curves/curve_frames.h"
#include "widgets/curves/curve_input.h"
#include "widgets/curves/curve_link.h"
#include "widgets/curves/curve_readout.h"

#include <QContextMenuEvent>
#include <QLabel>
#include <QMenu>
#include <QVBoxLayout>

#include <algorithm>

namespace thaw {
CurvePlot::CurvePlot(QWidget* parent)
    : QWidget(parent),
      plot_(new QCustomPlot(this)),
      store_(std::make_unique<CurveStore>()),
      canvas_(std::make_unique<CurveCanvas>(*plot_)),
      window_(std::make_unique<CurveWindow>(*plot_)),
      frames_(std::make_unique<CurveFrames>(*plot_)),
      bar_(new CurveBar),
      empty_(new QLabel(tr("No data yet"), plot_)) {
    setObjectName(QStringLiteral("curvePlot"));
    setAccessibleName(tr("Curves"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    plot_->setObjectName(QStringLiteral("curveCanvas"));
    plot_->setFocusPolicy(Qt::StrongFocus);
    new FocusRing(plot_);
    plot_->setMouseTracking(true);
    plot_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    plot_->setMinimumSize(80, 60);
    plot_->setNoAntialiasingOnDrag(true);
    empty_->setObjectName(QStringLiteral("curveEmpty"));
    empty_->setAlignment(Qt::AlignCenter);
    empty_->setWordWrap(true);
    empty_->setAutoFillBackground(true);
    empty_->setBackgroundRole(QPalette::Base);
    empty_->setAttribute(Qt::WA_TransparentForMouseEvents);
    makeMuted(empty_);
    // After the label: the read-out lies above it.
    cursor_ = std::make_unique<CurveCursor>(*plot_, *store_, *canvas_);
    plot_->installEventFilter(this);
    input_ = std::make_unique<CurveInput>(*plot_, *store_, *window_, *cursor_);
    link_ = std::make_unique<CurveLink>(*store_, *window_, *cursor_, *frames_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(bar_);
    column->addWidget(plot_, 1);
    joinParts();
    setFocusProxy(plot_);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    restyle();
    showControls();
    describe();
}

CurvePlot::~CurvePlot() = default;

void CurvePlot::joinParts() {
    connect(plot_, &QCustomPlot::afterLayout, this, [this] { canvas_->placeLabels(); });
    connect(frames_.get(), &CurveFrames::due, this, [this] { draw(false); });
    connect(bar_, &CurveBar::seriesToggled, this, &CurvePlot::setSeriesVisible);
    connect(bar_, &CurveBar::smoothingChosen, this, &CurvePlot::applySmoothing);
    connect(bar_, &CurveBar::logYToggled, this, &CurvePlot::setLogY);
    connect(bar_, &CurveBar::fitRequested, this, &CurvePlot::fit);
    connect(bar_, &CurveBar::followToggled, this, &CurvePlot::setFollowLatest);
    connect(input_.get(), &CurveInput::fitRequested, this, &CurvePlot::fit);
    connect(input_.get(), &CurveInput::logYToggled, this, [this] { setLogY(!logY()); });
    connect(window_.get(), &CurveWindow::followsChanged, bar_, &CurveBar::setFollows);
    connect(window_.get(), &CurveWindow::followsChanged, this, &CurvePlot::followLatestChanged);
    connect(cursor_.get(), &CurveCursor::readoutChanged, this, &CurvePlot::describe);
    connect(cursor_.get(), &CurveCursor::hovered, this, &CurvePlot::hovered);
    connect(link_.get(), &CurveLink::pinned, this, &CurvePlot::pinChanged);
}

void CurvePlot::link(const QList<CurvePlot*>& plots) {
    QList<CurveLink*> links;
    for (CurvePlot* plot : plots) links << plot->link_.get();
    CurveLink::join(links);
}

void CurvePlot::setTitle(const QString& title) {
    bar_->setTitle(title);
    describe();
}

void CurvePlot::setAxisLabels(const QString& x, const QString& y) {
    xLabel_ = x;
    yLabel_ = y;
    cursor_->setXLabel(x);
    canvas_->setLabels(x, y);
    schedule();
}

void CurvePlot::setEmptyText(const QString& text) {
    empty_->setText(text);
    describe();
}

void CurvePlot::setCaption(const QString& caption) { caption_ = caption; }

void CurvePlot::setProvenance(const std::vector<std::pair<QString, QString>>& provenance) { provenance_ = provenance; }

int CurvePlot::addSeries(const QString& name, CurveKind kind, int colour, int dash) {
    const int series = store_->add(name, kind, colour, dash);
    canvas_->addSeries(name, kind, (*store_)[series].colour, (*store_)[series].dash);
    cursor_->matchSeries();
    bar_->addSeries(*store_, series);
    restyle();
    showControls();
    return series;
}

void CurvePlot::append(int series, double x, double y, const QString& note) {
    store_->append(series, x, y, note);
    schedule();
}

void CurvePlot::setData(int series, const std::vector<double>& x, const std::vector<double>& y) {
    store_->setData(series, x, y);
    schedule();
}

void CurvePlot::setBand(int series, const std::vector<double>& x, const std::vector<double>& low,
                        const std::vector<double>& high) {
    store_->setBand(series, x, low, high);
    schedule();
}

void CurvePlot::prepend(int series, const std::vector<double>& x, const std::vector<double>& y) {
    store_->prepend(series, x, y);
    schedule();
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
        const int id = addSeries(line.name, line.kind, line.colour, line.dash);
        if (line.kind == CurveKind::Band) setBand(id, line.x, line.low, line.y);
        else setData(id, line.x, line.y);
    }
    fit();
}

int CurvePlot::pointCount(int series) const { return store_->has(series) ? int((*store_)[series].raw.size()) : 0; }

void CurvePlot::setSeriesVisible(int series, bool visible) {
    if (!store_->has(series)) return;
    store_->setVisible(series, visible);
    bar_->setSeriesChecked(series, visible);
    for (int i = 0; i < store_->count(); ++i) canvas_->setSeriesVisible(i, (*store_)[i].visible);
    schedule();
}

bool CurvePlot::isSeriesVisible(int series) const { return store_->has(series) && (*store_)[series].visible; }

void CurvePlot::setSeriesOffered(int series, bool offered) {
    if (!store_->has(series)) return;
    setSeriesVisible(series, offered);
    bar_->setSeriesOffered(series, offered);
}

void CurvePlot::setSeriesName(int series, const QString& name) {
    if (!store_->has(series)) return;
    store_->setName(series, name);
    bar_->setSeriesName(series, name);
    describe();
}

void CurvePlot::setSeriesLook(int series, int colour, int dash) {
    if (!store_->has(series)) return;
    if ((*store_)[series].colour == colour && (*store_)[series].dash == dash) return;
    store_->setLook(series, colour, dash);
    canvas_->setLook(series, colour, dash);
    restyle();
}

void CurvePlot::addMark(double x, const QString& text) {
    store_->addMark(x, text);
    canvas_->setMarks(store_->marks());
    schedule();
}

void CurvePlot::setReference(double y, const QString& text) {
    store_->setReference(y, text);
    canvas_->setReferences(store_->references());
    schedule();
}

void CurvePlot::clearReferences() {
    store_->clearReferences();
    canvas_->setReferences({});
    schedule();
}

void CurvePlot::clear() {
    store_->clear();
    canvas_->setMarks({});
    cursor_->leave();
    setPin(std::nullopt);
    setFollowLatest(true);
    schedule();
}

void CurvePlot::removeSeries() {
    clear();
    store_->removeSeries();
    canvas_->removeSeries();
    cursor_->matchSeries();
    bar_->removeSeries();
}

void CurvePlot::setSmoothingShown(bool shown) {
    smoothingShown_ = shown;
    showControls();
}

void CurvePlot::setSmoothing(double weight) {
    const double inside = std::clamp(weight, 0.0, 0.999);
    bar_->setSmoothing(inside);
    applySmoothing(inside);
}

void CurvePlot::applySmoothing(double weight) {
    if (weight == store_->smoothing()) return;
    store_->setSmoothing(weight);
    showControls();
    schedule();
}

double CurvePlot::smoothing() const { return store_->smoothing(); }

void CurvePlot::setLogX(bool on) {
    window_->setLog(on, logY());
    canvas_->setLog(on, logY());
    schedule();
}

void CurvePlot::setLogY(bool on) {
    if (logY() == on) return;
    window_->setLog(window_->logX(), on);
    bar_->setLogY(on);
    canvas_->setLog(window_->logX(), on);
    // The window the user had chosen may have no place on the other scale.
    setFollowLatest(true);
    schedule();
}

bool CurvePlot::logY() const { return window_->logY(); }
void CurvePlot::setFollowLatest(bool on) { window_->setFollows(on); }
bool CurvePlot::followsLatest() const { return window_->follows(); }

void CurvePlot::fit() {
    setFollowLatest(true);
    draw(true);
}

void CurvePlot::schedule() { link_->schedule(); }

void CurvePlot::draw(bool now) {
    window_->fit(*store_, link_->reaches());
    canvas_->showCurves(*store_, xRange());
    empty_->setVisible(store_->empty());
    frames_->replot(now);
    cursor_->refresh();
    describe();
}

void CurvePlot::showControls() {
    bar_->setSmoothingShown(smoothingShown_ && (store_->count() == 0 || store_->hasLines()));
    bar_->describeSmoothing(store_->smoothing());
}

void CurvePlot::restyle() {
    canvas_->setStyle(screenStyle(*this), false);
    cursor_->restyle(palette());
    bar_->restyle(*canvas_, palette());
    schedule();
}

void CurvePlot::describe() {
    QStringList parts;
    if (!bar_->title().isEmpty()) parts << bar_->title();
    if (store_->empty()) parts << empty_->text();
    else parts += curveSummary(*store_, xLabel_);
    if (!cursor_->readout().isEmpty()) parts << cursor_->readout();
    setAccessibleDescription(parts.join(QStringLiteral(". ")));
    plot_->setAccessibleName(accessibleName());
    plot_->setAccessibleDescription(accessibleDescription());
}

CurveFigure CurvePlot::figure() const {
    window_->fit(*store_, link_->reaches());
    CurveFigure figure;
    figure.title = bar_->title();
    figure.xLabel = xLabel_;
    figure.yLabel = yLabel_;
    figure.caption = caption_;
    figure.logX = window_->logX();
    figure.logY = window_->logY();
    figure.provenance = provenance_;
    if (!store_->empty()) {
        figure.xRange = xRange();
        figure.yRange = yRange();
    }
    store_->addTo(figure);
    return figure;
}

QString CurvePlot::readout() const { return cursor_->readout(); }
void CurvePlot::setPin(std::optional<double> x) { cursor_->setPin(x); }
std::optional<double> CurvePlot::pin() const { return cursor_->pin(); }
std::pair<double, double> CurvePlot::xRange() const { return window_->xRange(); }
std::pair<double, double> CurvePlot::yRange() const { return window_->yRange(); }
QRect CurvePlot::axisRect() const { return plot_->axisRect()->rect().translated(plot_->mapTo(this, QPoint(0, 0))); }

QPointF CurvePlot::toPixel(double x, double y) const {
    return QPointF(plot_->xAxis->coordToPixel(x), plot_->yAxis->coordToPixel(y)) +
           QPointF(plot_->mapTo(this, QPoint(0, 0)));
}

int CurvePlot::frameCount() const { return frames_->count(); }
void CurvePlot::flush() { draw(true); }

QSize CurvePlot::sizeHint() const { return {420, 240}; }
QSize CurvePlot::minimumSizeHint() const { return {200, 140}; }

void CurvePlot::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) restyle();
}

void CurvePlot::contextMenuEvent(QContextMenuEvent* event) {
    QMenu* menu = makeMenu();
    menu->setAttribute(Qt::WA_DeleteOnClose);
    Q_EMIT menuRequested(menu);
    menu->popup(event->globalPos());
}

void CurvePlot::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    plot_->xAxis->ticker()->setTickCount(CurveCanvas::horizontalTicks(width()));
}

bool CurvePlot::eventFilter(QObject* watched, QEvent* event) {
    if (watched == plot_ && event->type() == QEvent::Resize) empty_->setGeometry(plot_->rect());
    return QWidget::eventFilter(watched, event);
}

}  // namespace thaw

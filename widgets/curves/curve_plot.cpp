// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/curves/curve_plot.h"

#include "widgets/base/icons.h"
#include "widgets/base/number_text.h"
#include "widgets/base/theme.h"
#include "widgets/curves/curve_plot_impl.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSlider>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWindow>

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

constexpr int kSliderSteps = 100;

// The slider is logarithmic in the memory 1/(1-w): 0, 0.5, 0.9, 0.99 and 0.999 are spread evenly enough to be hit.
double weightAt(int step) { return step <= 0 ? 0 : 1 - std::pow(10.0, -3.0 * step / kSliderSteps); }
int stepAt(double weight) { return weight <= 0 ? 0 : int(std::lround(-std::log10(1 - weight) / 3 * kSliderSteps)); }

QToolButton* toolButton(const char* name, const QString& tip, bool checkable) {
    auto* button = new QToolButton;
    button->setObjectName(QLatin1String(name));
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setCheckable(checkable);
    button->setAutoRaise(true);
    button->setIconSize({16, 16});
    return button;
}

}  // namespace

CurvePlot::CurvePlot(QWidget* parent) : QWidget(parent), impl_(std::make_unique<Impl>(*this)) {
    setObjectName(QStringLiteral("curvePlot"));
    setAccessibleName(tr("Curves"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    Impl& d = *impl_;
    d.title = new QLabel;
    d.title->setObjectName(QStringLiteral("curveTitle"));
    QFont bold = d.title->font();
    bold.setWeight(QFont::DemiBold);
    d.title->setFont(bold);
    d.smoothLabel = new QLabel(tr("Smoothing"));
    makeMuted(d.smoothLabel);
    d.slider = new QSlider(Qt::Horizontal);
    d.slider->setObjectName(QStringLiteral("curveSmoothing"));
    d.slider->setRange(0, kSliderSteps);
    d.slider->setFixedWidth(72);
    d.slider->setAccessibleName(tr("Smoothing"));
    d.smoothLabel->setBuddy(d.slider);
    d.log = toolButton("curveLogY", tr("Logarithmic values (L)"), true);
    d.log->setText(tr("log"));
    d.log->setToolButtonStyle(Qt::ToolButtonTextOnly);
    d.fit = toolButton("curveFit", tr("Show everything (F)"), false);
    d.follow = toolButton("curveFollow", tr("Follow the latest step (End)"), true);
    d.follow->setChecked(true);
    d.chips = new QHBoxLayout;
    d.chips->setSpacing(2);

    auto* head = new QHBoxLayout;
    head->setContentsMargins(kGrid, kGrid / 2, kGrid, 0);
    head->setSpacing(kGrid / 2);
    head->addWidget(d.title);
    head->addSpacing(kGrid / 2);
    head->addLayout(d.chips);
    head->addStretch(1);
    for (QWidget* part : {static_cast<QWidget*>(d.smoothLabel), static_cast<QWidget*>(d.slider),
                          static_cast<QWidget*>(d.log), static_cast<QWidget*>(d.fit), static_cast<QWidget*>(d.follow)})
        head->addWidget(part);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(d.plot, 1);

    d.timer = new QTimer(this);
    d.timer->setSingleShot(true);
    d.timer->setInterval(Impl::kFrameMs);
    connect(d.timer, &QTimer::timeout, this, [this] { impl_->draw(false); });
    connect(d.slider, &QSlider::valueChanged, this, [this](int step) { impl_->applySmoothing(weightAt(step)); });
    connect(d.log, &QToolButton::toggled, this, &CurvePlot::setLogY);
    connect(d.fit, &QToolButton::clicked, this, &CurvePlot::fit);
    connect(d.follow, &QToolButton::toggled, this, &CurvePlot::setFollowLatest);
    d.plot->installEventFilter(this);
    setFocusProxy(d.plot);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    d.recolour();
    d.updateControls();
    d.describe();
}

CurvePlot::~CurvePlot() = default;

void CurvePlot::setTitle(const QString& title) {
    impl_->title->setText(title);
    impl_->title->setVisible(!title.isEmpty());
    impl_->describe();
}

void CurvePlot::setAxisLabels(const QString& x, const QString& y) {
    impl_->xLabel = x;
    impl_->yLabel = y;
    impl_->canvas.setLabels(x, y);
    impl_->schedule();
}

void CurvePlot::setEmptyText(const QString& text) {
    impl_->empty->setText(text);
    impl_->describe();
}

void CurvePlot::setCaption(const QString& caption) { impl_->caption = caption; }

void CurvePlot::setProvenance(const std::vector<std::pair<QString, QString>>& provenance) {
    impl_->provenance = provenance;
}

void CurvePlot::addMark(double x, const QString& text) {
    impl_->marks.push_back({x, text});
    impl_->canvas.setMarks(impl_->marks);
    impl_->schedule();
}

void CurvePlot::setReference(double y, const QString& text) {
    auto& references = impl_->references;
    const auto same = std::find_if(references.begin(), references.end(), [&](const auto& r) { return r.text == text; });
    if (same == references.end()) references.push_back({y, text});
    else same->y = y;
    impl_->canvas.setReferences(references);
    impl_->schedule();
}

void CurvePlot::clearReferences() {
    impl_->references.clear();
    impl_->canvas.setReferences({});
    impl_->schedule();
}

void CurvePlot::clear() {
    for (auto& series : impl_->series) series->clear(impl_->weight);
    impl_->marks.clear();
    impl_->canvas.setMarks({});
    impl_->leave();
    impl_->setPin(std::nullopt, false);
    setFollowLatest(true);
    impl_->schedule();
}

void CurvePlot::removeSeries() {
    clear();
    impl_->canvas.removeSeries();
    for (auto& series : impl_->series) delete series->chip;
    for (auto* dot : impl_->dots) impl_->plot->removeItem(dot);
    impl_->series.clear();
    impl_->dots.clear();
}

void CurvePlot::setSmoothingShown(bool shown) {
    impl_->smoothingShown = shown;
    impl_->updateControls();
}

void CurvePlot::setSmoothing(double weight) {
    const double inside = std::clamp(weight, 0.0, 0.999);
    impl_->slider->setValue(stepAt(inside));
    impl_->applySmoothing(inside);
}

double CurvePlot::smoothing() const { return impl_->weight; }

void CurvePlot::setLogX(bool on) {
    impl_->logX = on;
    impl_->canvas.setLog(impl_->logX, impl_->logY);
    impl_->schedule();
}

void CurvePlot::setLogY(bool on) {
    if (impl_->logY == on) return;
    impl_->logY = on;
    impl_->log->setChecked(on);
    impl_->canvas.setLog(impl_->logX, on);
    // The window the person had chosen may have no place on the other scale.
    setFollowLatest(true);
    impl_->schedule();
    Q_EMIT logYChanged(on);
}

bool CurvePlot::logY() const { return impl_->logY; }

void CurvePlot::setFollowLatest(bool on) {
    impl_->follow->setChecked(on);
    if (impl_->following == on) return;
    impl_->following = on;
    if (on) impl_->schedule();
    Q_EMIT followLatestChanged(on);
}

bool CurvePlot::followsLatest() const { return impl_->following; }

void CurvePlot::fit() {
    setFollowLatest(true);
    impl_->draw(true);
}

CurveFigure CurvePlot::figure() const {
    impl_->fitRanges();
    CurveFigure figure;
    figure.title = impl_->title->text();
    figure.xLabel = impl_->xLabel;
    figure.yLabel = impl_->yLabel;
    figure.caption = impl_->caption;
    figure.marks = impl_->marks;
    figure.references = impl_->references;
    figure.smoothing = impl_->weight;
    figure.logX = impl_->logX;
    figure.logY = impl_->logY;
    figure.provenance = impl_->provenance;
    if (!impl_->isEmpty()) {
        figure.xRange = xRange();
        figure.yRange = yRange();
    }
    for (const auto& s : impl_->series)
        figure.series.push_back({s->name, s->kind, s->colour, s->visible, s->raw.x(), s->raw.y(),
                                 s->kind == CurveKind::Band ? s->smooth.y() : std::vector<double>(), s->notes});
    return figure;
}

QString CurvePlot::readout() const { return impl_->readout; }

QRect CurvePlot::axisRect() const {
    return impl_->plot->axisRect()->rect().translated(impl_->plot->mapTo(this, QPoint(0, 0)));
}

std::pair<double, double> CurvePlot::xRange() const {
    return {impl_->plot->xAxis->range().lower, impl_->plot->xAxis->range().upper};
}

std::pair<double, double> CurvePlot::yRange() const {
    return {impl_->plot->yAxis->range().lower, impl_->plot->yAxis->range().upper};
}

QPointF CurvePlot::toPixel(double x, double y) const {
    return QPointF(impl_->plot->xAxis->coordToPixel(x), impl_->plot->yAxis->coordToPixel(y)) +
           QPointF(impl_->plot->mapTo(this, QPoint(0, 0)));
}

int CurvePlot::frameCount() const { return impl_->frames; }
void CurvePlot::flush() { impl_->draw(true); }

QSize CurvePlot::sizeHint() const { return {420, 240}; }
QSize CurvePlot::minimumSizeHint() const { return {200, 140}; }

void CurvePlot::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) impl_->recolour();
}

void CurvePlot::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    impl_->plot->xAxis->ticker()->setTickCount(CurveCanvas::horizontalTicks(width()));
    impl_->updateControls();
}

void CurvePlot::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    // The buffers keep the pixel ratio of the screen they were made for.
    if (QWindow* window = this->window()->windowHandle())
        connect(window, &QWindow::screenChanged, this, &CurvePlot::matchScreen, Qt::UniqueConnection);
    impl_->matchScreen();
    impl_->schedule();
}

void CurvePlot::matchScreen() { impl_->matchScreen(); }

bool CurvePlot::eventFilter(QObject* watched, QEvent* event) {
    if (watched == impl_->plot && impl_->handle(event)) return true;
    return QWidget::eventFilter(watched, event);
}

}  // namespace thaw

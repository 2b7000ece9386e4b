// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/curves/curve_bar.h"

#include "widgets/base/flow_layout.h"
#include "widgets/base/icons.h"
#include "widgets/base/number_text.h"
#include "widgets/base/theme.h"
#include "widgets/curves/curve_canvas.h"
#include "widgets/curves/curve_store.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPixmap>
#include <QSlider>
#include <QToolButton>

#include <cmath>

namespace thaw {
namespace {

struct BarText {
    Q_DECLARE_TR_FUNCTIONS(thaw::CurvePlot)
};

constexpr int kWordyWidth = 280;  // pixels below which the slider goes without its name
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

CurveBar::CurveBar(QWidget* parent)
    : QWidget(parent),
      title_(new QLabel),
      flow_(new FlowLayout(this, 2)),
      controls_(new QWidget(this)),
      smoothLabel_(new QLabel(BarText::tr("Smoothing"))),
      slider_(new QSlider(Qt::Horizontal)),
      log_(toolButton("curveLogY", BarText::tr("Logarithmic values (L)"), true)),
      fit_(toolButton("curveFit", BarText::tr("Show everything (F)"), false)),
      follow_(toolButton("curveFollow", BarText::tr("Follow the latest step (End)"), true)) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);  // as many rows as the names need
    title_->setObjectName(QStringLiteral("curveTitle"));
    QFont bold = title_->font();
    bold.setWeight(QFont::DemiBold);
    title_->setFont(bold);
    makeMuted(smoothLabel_);
    slider_->setObjectName(QStringLiteral("curveSmoothing"));
    slider_->setRange(0, kSliderSteps);
    slider_->setFixedWidth(72);
    slider_->setAccessibleName(BarText::tr("Smoothing"));
    smoothLabel_->setBuddy(slider_);
    log_->setText(BarText::tr("log"));
    log_->setToolButtonStyle(Qt::ToolButtonTextOnly);
    follow_->setChecked(true);

    auto* row = new QHBoxLayout(controls_);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kGrid / 2);
    flow_->setContentsMargins(kGrid, kGrid / 2, kGrid, 0);
    flow_->addWidget(title_);
    flow_->addGap();
    flow_->addWidget(controls_);
    for (QWidget* part : {static_cast<QWidget*>(smoothLabel_), static_cast<QWidget*>(slider_),
                          static_cast<QWidget*>(log_), static_cast<QWidget*>(fit_), static_cast<QWidget*>(follow_)})
        row->addWidget(part);

    connect(slider_, &QSlider::valueChanged, this, [this](int step) { Q_EMIT smoothingChosen(weightAt(step)); });
    connect(log_, &QToolButton::toggled, this, &CurveBar::logYToggled);
    connect(fit_, &QToolButton::clicked, this, &CurveBar::fitRequested);
    connect(follow_, &QToolButton::toggled, this, &CurveBar::followToggled);
    describeSmoothing(0);
    showWhatFits();
}

void CurveBar::setTitle(const QString& title) {
    title_->setText(title);
    title_->setVisible(!title.isEmpty());
}

QString CurveBar::title() const { return title_->text(); }

void CurveBar::addSeries(const CurveStore& store, int series) {
    auto* chip = new QToolButton;
    chip->setObjectName(QStringLiteral("curveSeries%1").arg(series));
    chip->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    chip->setIconSize({24, 12});
    chip->setAutoRaise(true);
    // Names take as many rows as they need; one that is wider than a row is cut, and its tooltip says it whole.
    chip->setMinimumWidth(36);
    chip->setCheckable(true);
    chip->setChecked(true);
    chip->setProperty("thawRole", "chip");
    flow_->insertBefore(1, chip);
    chip->setVisible(store[series].kind != CurveKind::Band);
    connect(chip, &QToolButton::toggled, this, [this, series](bool on) { Q_EMIT seriesToggled(series, on); });
    series_.push_back(chip);
    setSeriesName(series, store[series].name);
}

void CurveBar::removeSeries() {
    for (QToolButton* chip : series_) delete chip;
    series_.clear();
}

void CurveBar::setSeriesName(int series, const QString& name) {
    QToolButton& chip = *series_[std::size_t(series)];
    chip.setText(name);
    chip.setToolTip(BarText::tr("Show or hide %1").arg(name));
    chip.setAccessibleName(name);
}

void CurveBar::setSeriesChecked(int series, bool on) { series_[std::size_t(series)]->setChecked(on); }
void CurveBar::setSeriesOffered(int series, bool offered) { series_[std::size_t(series)]->setVisible(offered); }

bool CurveBar::isOffered(int series) const { return !series_[std::size_t(series)]->isHidden(); }

void CurveBar::setSmoothing(double weight) { slider_->setValue(stepAt(weight)); }

void CurveBar::describeSmoothing(double weight) {
    slider_->setToolTip(
        BarText::tr("Exponential moving average: weight of the past %1. The raw values stay behind the line.")
            .arg(formatNumber(weight, 3)));
    slider_->setAccessibleDescription(slider_->toolTip());
}

void CurveBar::setSmoothingShown(bool shown) {
    smoothingShown_ = shown;
    showWhatFits();
}

void CurveBar::setLogY(bool on) { log_->setChecked(on); }
void CurveBar::setFollows(bool on) { follow_->setChecked(on); }

void CurveBar::restyle(const CurveCanvas& canvas, const QPalette& palette) {
    const QColor text = palette.color(QPalette::ButtonText);
    fit_->setIcon(glyphIcon(Glyph::Fit, text));
    follow_->setIcon(glyphIcon(Glyph::Follow, text));
    for (int i = 0; i < int(series_.size()); ++i) {
        QPixmap sign(QSize(24, 12) * devicePixelRatioF());
        sign.setDevicePixelRatio(devicePixelRatioF());
        sign.fill(Qt::transparent);
        QPainter painter(&sign);
        canvas.drawSign(painter, QRectF(2, 0, 18, 12), i);
        painter.end();
        series_[std::size_t(i)]->setIcon(QIcon(sign));
    }
}

void CurveBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    showWhatFits();
}

void CurveBar::showWhatFits() {
    const double room = width() / textScale(this);
    slider_->setVisible(smoothingShown_);
    smoothLabel_->setVisible(smoothingShown_ && room >= kWordyWidth);
    title_->setVisible(!title_->text().isEmpty());
}

}  // namespace thaw

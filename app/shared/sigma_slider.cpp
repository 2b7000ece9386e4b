// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/sigma_slider.h"

#include "app/shared/selection.h"
#include "widgets/base/number_text.h"
#include "widgets/base/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

constexpr int kStepsPerDecade = 20;

int position(double sigma) { return int(std::lround(std::log10(sigma / Selection::kSigmaMin) * kStepsPerDecade)); }

double sigmaAt(int position) {
    const double sigma = Selection::kSigmaMin * std::pow(10.0, double(position) / kStepsPerDecade);
    return std::clamp(sigma, Selection::kSigmaMin, Selection::kSigmaMax);
}

}  // namespace

SigmaSlider::SigmaSlider(QWidget* parent)
    : QWidget(parent), slider_(new QSlider(Qt::Horizontal, this)), value_(new QLabel(this)) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGrid);
    layout->addWidget(slider_);
    layout->addWidget(value_);

    slider_->setRange(0, position(Selection::kSigmaMax));
    slider_->setPageStep(kStepsPerDecade);
    slider_->setMinimumWidth(12 * kGrid);
    slider_->setAccessibleName(tr("Noise level sigma"));
    setToolTip(
        tr("Noise level σ of the spectra's input, 0.002 to 80. The one-step generator works at 80 "
           "(default: 80)."));
    value_->setFont(tabularFont(font()));
    value_->setMinimumWidth(value_->fontMetrics().horizontalAdvance(QStringLiteral("0.00000")));
    setFocusProxy(slider_);
    setSigma(sigma_);

    connect(slider_, &QSlider::valueChanged, this, [this](int value) {
        sigma_ = sigmaAt(value);
        showValue();
        Q_EMIT sigmaChosen(sigma_);
    });
}

void SigmaSlider::setSigma(double sigma) {
    sigma_ = std::clamp(sigma, Selection::kSigmaMin, Selection::kSigmaMax);
    const QSignalBlocker quiet(slider_);
    slider_->setValue(position(sigma_));
    showValue();
}

void SigmaSlider::showValue() { value_->setText(formatNumber(sigma_, 3)); }

}  // namespace thaw

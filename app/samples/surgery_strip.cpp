// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/samples/surgery_strip.h"

#include "widgets/base/figure_style.h"
#include "widgets/base/flow_layout.h"
#include "widgets/base/number_text.h"
#include "widgets/base/theme.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QHideEvent>
#include <QLabel>
#include <QShowEvent>
#include <QSlider>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

constexpr int kWhole = 100;  // slider positions of factor 1

// The corner of a spectrum of R x R pixels lies at R/2 * sqrt(2) cycles per image; a band ends before its `high`.
double lastFrequency(int resolution) { return std::floor(resolution / 2.0 * std::sqrt(2.0)) + 1; }

}  // namespace

SurgeryStrip::SurgeryStrip(QWidget* parent)
    : QFrame(parent),
      name_(new QLabel(this)),
      controls_(new QWidget(this)),
      low_(new QDoubleSpinBox(controls_)),
      high_(new QDoubleSpinBox(controls_)),
      factor_(new QSlider(Qt::Horizontal, controls_)),
      factorText_(new QLabel(controls_)),
      hold_(new QToolButton(controls_)) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, kGrid / 2, 0, kGrid / 2);
    layout->setSpacing(kGrid);
    layout->addWidget(name_);
    layout->addWidget(controls_, 1);
    name_->setWordWrap(true);
    name_->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    auto* row = new FlowLayout(controls_, kGrid / 2);
    const std::tuple<QDoubleSpinBox*, QString, QString> ends[] = {
        {low_, tr("From"), tr("Lowest frequency of the band, in cycles per image; 0 is the mean")},
        {high_, tr("to"), tr("The band ends below this frequency, in cycles per image")}};
    for (const auto& [box, text, toolTip] : ends) {
        auto* label = new QLabel(text, controls_);
        makeMuted(label);
        label->setBuddy(box);
        box->setDecimals(1);
        box->setSingleStep(1);
        box->setToolTip(toolTip);
        box->setAccessibleName(text);
        row->addWidget(label);
        row->addWidget(box);
        connect(box, &QDoubleSpinBox::valueChanged, this, [this] {
            if (!quiet_) Q_EMIT changed();
        });
    }
    low_->setObjectName(QStringLiteral("bandLow"));
    high_->setObjectName(QStringLiteral("bandHigh"));
    factor_->setObjectName(QStringLiteral("bandFactor"));
    factor_->setRange(0, 2 * kWhole);
    factor_->setPageStep(kWhole / 4);
    factor_->setMinimumWidth(80);
    factor_->setMaximumWidth(240);
    factor_->setToolTip(tr("Factor on the band: 0 removes it, 1 leaves it, 2 doubles it"));
    factor_->setAccessibleName(tr("Factor on the band"));
    row->addWidget(factor_);
    factorText_->setFont(tabularFont(font()));
    factorText_->setMinimumWidth(textWidth(factorText_->font(), QStringLiteral("× 0.00")) + kGrid / 2.0);
    row->addWidget(factorText_);
    hold_->setObjectName(QStringLiteral("bandHold"));
    hold_->setText(tr("Hold to compare"));
    hold_->setToolTip(tr("While it is held down: the images without surgery"));
    hold_->setAccessibleName(hold_->text());
    auto* reset = new QToolButton(controls_);
    reset->setText(tr("Reset"));
    reset->setToolTip(tr("The upper half of the block's frequencies, removed"));
    reset->setAccessibleName(tr("Reset the band"));
    row->addWidget(hold_);
    row->addWidget(reset);
    const auto showFactor = [this] {
        factorText_->setText(QStringLiteral("× %1").arg(formatNumber(factor_->value() / double(kWhole), 2)));
    };
    connect(factor_, &QSlider::valueChanged, this, [this, showFactor] {
        showFactor();
        if (!quiet_) Q_EMIT changed();
    });
    showFactor();
    connect(hold_, &QToolButton::pressed, this, &SurgeryStrip::changed);
    connect(hold_, &QToolButton::released, this, &SurgeryStrip::changed);
    connect(reset, &QToolButton::clicked, this, &SurgeryStrip::reset);
    showBlock();
}

const ResponseInfo* SurgeryStrip::response() const {
    const std::string name = block_.toStdString();
    const auto found =
        std::find_if(responses_.begin(), responses_.end(), [&](const ResponseInfo& r) { return r.name == name; });
    return found == responses_.end() ? nullptr : &*found;
}

void SurgeryStrip::setResponses(const std::vector<ResponseInfo>& responses) {
    responses_ = responses;
    showBlock();
    Q_EMIT changed();
}

void SurgeryStrip::setBlock(const QString& block) {
    if (block == block_) return;
    const auto before = filter();
    block_ = block;
    showBlock();
    if (before != filter()) Q_EMIT changed();
}

// Another block may have other frequencies: a band that still fits stays, so that blocks compare.
void SurgeryStrip::showBlock() {
    const ResponseInfo* response = this->response();
    controls_->setVisible(response);
    if (!response) {
        name_->setText(
            block_.isEmpty()
                ? tr("Band surgery: select a block in the tree.")
                : tr("Band surgery: %1 has no image-shaped response. Select another block in the tree.").arg(block_));
        return;
    }
    name_->setText(block_);
    const double last = lastFrequency(response->resolution);
    quiet_ = true;
    const bool fits = high_->value() > 0 && high_->value() <= last && low_->value() < high_->value();
    low_->setRange(0, last);
    high_->setRange(0, last);
    quiet_ = false;
    if (!fits) setBand(response->resolution * 0.25, last, 0);
}

void SurgeryStrip::setBand(double low, double high, double factor) {
    quiet_ = true;
    low_->setValue(low);
    high_->setValue(high);
    factor_->setValue(int(std::lround(factor * kWhole)));
    quiet_ = false;
    Q_EMIT changed();
}

void SurgeryStrip::reset() {
    if (const ResponseInfo* response = this->response())
        setBand(response->resolution * 0.25, lastFrequency(response->resolution), 0);
}

std::optional<BandFilter> SurgeryStrip::filter() const {
    if (isHidden() || hold_->isDown() || !response() || factor_->value() == kWhole || low_->value() >= high_->value())
        return {};
    return BandFilter{block_.toStdString(), low_->value(), high_->value(), factor_->value() / double(kWhole)};
}

void SurgeryStrip::showEvent(QShowEvent* event) {
    QFrame::showEvent(event);
    if (!event->spontaneous()) Q_EMIT changed();
}

void SurgeryStrip::hideEvent(QHideEvent* event) {
    QFrame::hideEvent(event);
    if (!event->spontaneous() && isHidden()) Q_EMIT changed();
}

}  // namespace thaw

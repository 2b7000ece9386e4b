// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/training/rates_dialog.h"

#include "widgets/base/number_field.h"
#include "widgets/base/theme.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace thaw {
namespace {

// As a request takes it (core/formats/steering_json.h).
bool isRate(const NumberField& field) {
    const auto rate = field.real();
    return rate && *rate > 0 && *rate <= 1;
}

bool isLeftOut(const NumberField& field) { return field.text().trimmed().isEmpty(); }

}  // namespace

RatesDialog::RatesDialog(const QString& run, bool isPretraining, QWidget* window)
    : QDialog(window),
      g_(new NumberField(NumberField::Kind::Real, this)),
      d_(new NumberField(NumberField::Kind::Real, this)) {
    setObjectName(QStringLiteral("steerRates"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Learning rates of %1").arg(run));
    auto* form = new QFormLayout;
    form->addRow(isPretraining ? tr("&Learning rate:") : tr("&Generator G:"), g_);
    if (!isPretraining) form->addRow(tr("&Discriminator D:"), d_);
    d_->setVisible(!isPretraining);
    g_->setObjectName(QStringLiteral("rateG"));
    d_->setObjectName(QStringLiteral("rateD"));
    for (NumberField* field : {g_, d_}) {
        field->setPlaceholderText(tr("as it is"));
        field->setToolTip(tr("Above 0 and at most 1; empty: it stays as it is"));
        connect(field, &QLineEdit::textChanged, this, &RatesDialog::showValidity);
    }
    auto* hint = new QLabel(tr("From the next step on; a run that is continued keeps them."), this);
    hint->setWordWrap(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    ok_ = buttons->button(QDialogButtonBox::Ok);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(2 * kGrid);
    layout->addLayout(form);
    layout->addWidget(hint);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    showValidity();
}

std::optional<double> RatesDialog::g() const { return isRate(*g_) ? g_->real() : std::nullopt; }
std::optional<double> RatesDialog::d() const { return isRate(*d_) ? d_->real() : std::nullopt; }

void RatesDialog::showValidity() {
    const bool possible = (isRate(*g_) || isLeftOut(*g_)) && (isRate(*d_) || isLeftOut(*d_));
    ok_->setEnabled(possible && (isRate(*g_) || isRate(*d_)));
}

}  // namespace thaw

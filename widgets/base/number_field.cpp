// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/base/number_field.h"

#include <QKeyEvent>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

// Without spaces, and with the locale's group marks gone, so that "10,000" and "10 000" can be pasted.
QString bareWhole(QString text) {
    static const QRegularExpression spaces(QStringLiteral("\\s"));
    text.remove(spaces);
    return text.remove(QLocale().groupSeparator());
}

}  // namespace

NumberField::NumberField(Kind kind, QWidget* parent) : QLineEdit(parent), kind_(kind) {
    setAlignment(Qt::AlignRight);
    connect(this, &QLineEdit::textEdited, this, &NumberField::valueEdited);
}

QString NumberField::realText(double value) {
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator | QLocale::OmitLeadingZeroInExponent);
    return locale.toString(value, 'g', QLocale::FloatingPointShortest).replace(QLatin1Char('E'), QLatin1Char('e'));
}

void NumberField::setReal(double value) { setText(realText(value)); }
void NumberField::setWhole(std::uint64_t value) { setText(QString::number(value)); }

std::optional<double> NumberField::real() const {
    const QString trimmed = text().trimmed();
    bool ok = false;
    // The C locale first: a pasted "0.5" must not become 5 where the dot groups thousands.
    double value = trimmed.toDouble(&ok);
    if (!ok) value = QLocale().toDouble(trimmed, &ok);
    return ok && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::optional<std::int64_t> NumberField::whole() const {
    bool ok = false;
    const qlonglong value = bareWhole(text()).toLongLong(&ok);
    return ok ? std::optional<std::int64_t>(value) : std::nullopt;
}

std::optional<std::uint64_t> NumberField::unsignedWhole() const {
    bool ok = false;
    const qulonglong value = bareWhole(text()).toULongLong(&ok);
    return ok ? std::optional<std::uint64_t>(value) : std::nullopt;
}

void NumberField::step(int direction) {
    if (kind_ == Kind::Real) {
        const auto value = real();
        if (!value) return;
        setReal(direction > 0 ? (*value == 0 ? 1 : *value * 2) : *value / 2);
    } else {
        const auto value = unsignedWhole();
        if (!value) return;
        setWhole(direction > 0 ? *value + step_ : *value - std::min(*value, step_));
    }
    Q_EMIT valueEdited();
}

void NumberField::keyPressEvent(QKeyEvent* event) {
    if (!isReadOnly() && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down))
        return step(event->key() == Qt::Key_Up ? 1 : -1);
    QLineEdit::keyPressEvent(event);
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/base/number_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

struct NumberText {
    Q_DECLARE_TR_FUNCTIONS(NumberText)
};

const QChar kNoBreakSpace(0x00A0);
const QChar kMinus(0x2212);

QString localised(double value, char format, int precision) {
    QString text = QLocale().toString(value, format, precision);
    text.replace(QLatin1Char('-'), kMinus);
    return text;
}

QString withUnit(const QString& number, const QString& unit) {
    return unit.isEmpty() ? number : number + kNoBreakSpace + unit;
}

}  // namespace

QString formatCount(std::int64_t count) {
    const double size = std::abs(double(count));
    if (size < 10000) {
        QString text = QLocale().toString(qlonglong(count));
        return text.replace(QLatin1Char('-'), kMinus);
    }
    static constexpr struct {
        double scale;
        const char* unit;
    } kUnits[] = {{1e3, "k"}, {1e6, "M"}, {1e9, "G"}, {1e12, "T"}};
    for (const auto& unit : kUnits) {
        const double scaled = size / unit.scale;
        const int decimals = scaled < 9.995 ? 2 : scaled < 99.95 ? 1 : 0;
        // 999.95 k rounds up to a thousand, which is the next unit's business.
        if (scaled >= 999.5 && unit.scale < 1e12) continue;
        return withUnit(localised(std::copysign(scaled, double(count)), 'f', decimals), QLatin1String(unit.unit));
    }
    return {};
}

QString formatPercent(double percent) {
    if (!std::isfinite(percent)) return QStringLiteral("–");
    if (percent == 0 || percent == 100) return withUnit(localised(percent, 'f', 0), QStringLiteral("%"));
    if (percent > 0 && percent < 0.1) return NumberText::tr("< %1").arg(withUnit(localised(0.1, 'f', 1), "%"));
    if (percent > 99.9 && percent < 100) return NumberText::tr("> %1").arg(withUnit(localised(99.9, 'f', 1), "%"));
    return withUnit(localised(percent, 'f', 1), QStringLiteral("%"));
}

QString formatNumber(double value, int significantDigits) {
    if (!std::isfinite(value)) return QStringLiteral("–");
    if (value == 0) return localised(0, 'f', 0);
    const int digits = std::clamp(significantDigits, 1, 17);
    const int exponent = int(std::floor(std::log10(std::abs(value))));
    if (exponent >= digits && exponent < 6) {
        const double unit = std::pow(10.0, exponent - digits + 1);
        return localised(std::round(value / unit) * unit, 'f', 0);
    }
    QString text = QLocale().toString(value, 'g', digits);
    // "1.5e-07" and "1.5E+08" shrink to "1.5e−7" and "1.5e8".
    const qsizetype e = text.indexOf(QLatin1Char('e'), 0, Qt::CaseInsensitive);
    if (e >= 0) {
        QString power = text.mid(e + 1);
        const bool negative = power.startsWith(QLatin1Char('-'));
        while (!power.isEmpty() &&
               (power[0] == QLatin1Char('-') || power[0] == QLatin1Char('+') || power[0] == QLatin1Char('0')))
            power.remove(0, 1);
        text = text.left(e) + QLatin1Char('e') + (negative ? QStringLiteral("-") : QString()) + power;
    }
    text.replace(QLatin1Char('-'), kMinus);
    return text;
}

QString formatQuantity(double value, const QString& unit, int significantDigits) {
    return withUnit(formatNumber(value, significantDigits), unit);
}

QString formatDuration(double seconds) {
    if (!std::isfinite(seconds) || seconds < 0) return QStringLiteral("–");
    const auto whole = std::int64_t(std::llround(seconds));
    if (whole < 60) return NumberText::tr("%1 s").arg(whole);
    const std::int64_t minutes = (whole + 30) / 60;
    if (minutes < 60) return NumberText::tr("%1 min").arg(minutes);
    if (minutes < std::int64_t(48) * 60) {
        if (minutes % 60 == 0) return NumberText::tr("%1 h").arg(minutes / 60);
        return NumberText::tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
    }
    return NumberText::tr("%1 d %2 h").arg(minutes / 1440).arg(minutes % 1440 / 60);
}

QString exactText(double value) {
    if (std::isnan(value)) return QStringLiteral("nan");
    if (std::isinf(value)) return value > 0 ? QStringLiteral("inf") : QStringLiteral("-inf");
    return QString::number(value, 'g', QLocale::FloatingPointShortest);
}

}  // namespace thaw

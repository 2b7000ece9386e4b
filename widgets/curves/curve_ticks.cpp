// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/curves/curve_ticks.h"

#include "widgets/base/figure_style.h"
#include "widgets/base/number_text.h"

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

// A minus sign and the locale's marks on linear axes.
class NumberTicker : public QCPAxisTicker {
protected:
    QString getTickLabel(double tick, const QLocale&, QChar, int) override {
        // What is left of a zero after adding steps.
        return formatNumber(std::abs(tick) < 1e-12 * std::abs(reach_) ? 0 : tick);
    }
    QVector<double> createTickVector(double step, const QCPRange& range) override {
        reach_ = std::max(std::abs(range.lower), std::abs(range.upper));
        return QCPAxisTicker::createTickVector(step, range);
    }

private:
    double reach_ = 1;
};

QString powerOfTen(int exponent) {
    static const QString digits = QStringLiteral("⁰¹²³⁴⁵⁶⁷⁸⁹");
    QString text = exponent < 0 ? QStringLiteral("10⁻") : QStringLiteral("10");
    for (const QChar digit : QString::number(std::abs(exponent))) text += digits[digit.digitValue()];
    return text;
}

// Decades; 1, 2, 5 steps within them when few decades are seen; round numbers within less than half a decade.
class DecadeTicker : public QCPAxisTickerLog {
protected:
    QString getTickLabel(double tick, const QLocale&, QChar, int) override {
        const double exponent = std::log10(tick);
        const bool whole = std::abs(exponent - std::round(exponent)) < 1e-9;
        if (whole && (exponent > 3.5 || exponent < -3.5)) return powerOfTen(int(std::lround(exponent)));
        return formatNumber(tick, 4);
    }
    QVector<double> createTickVector(double step, const QCPRange& range) override {
        if (range.lower <= 0 || range.upper / range.lower < 1.0001)
            return QCPAxisTickerLog::createTickVector(step, range);
        const double decades = std::log10(range.upper / range.lower);
        if (decades < 0.5) {
            const auto ticks = niceTicks(range.lower, range.upper, tickCount());
            return QVector<double>(ticks.begin(), ticks.end());
        }
        const int every = std::max(1, int(std::ceil(decades / (tickCount() + 1))));
        const bool dense = decades < std::min(2.5, tickCount() * 2 / 3.0);
        QVector<double> ticks;
        for (int e = int(std::floor(std::log10(range.lower))); e <= int(std::ceil(std::log10(range.upper))); ++e) {
            const double decade = std::pow(10.0, e);
            if (dense) ticks << decade << 2 * decade << 5 * decade;
            else if (e % every == 0) ticks << decade;
        }
        return ticks;
    }
    QVector<double> createSubTickVector(int, const QVector<double>& ticks) override {
        QVector<double> between;
        if (ticks.size() < 2 || ticks.last() / ticks.first() < 3.2) return between;
        const int first = int(std::floor(std::log10(ticks.first()))),
                  last = int(std::floor(std::log10(ticks.last()))) + 1;
        for (int decade = first; decade <= last; ++decade)
            for (int k = 1; k < 10; ++k) between << k * std::pow(10.0, decade);
        return between;
    }
};

}  // namespace

QSharedPointer<QCPAxisTicker> curveTicker(bool log) {
    if (log) return QSharedPointer<DecadeTicker>::create();
    return QSharedPointer<NumberTicker>::create();
}

}  // namespace thaw

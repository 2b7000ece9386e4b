// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/value_text.h"

#include "widgets/base/number_text.h"

#include <QCoreApplication>

#include <cmath>

namespace thaw {

QString bandText(const BandFilter& band) {
    const QString high = std::isfinite(band.high) ? formatNumber(band.high) : QStringLiteral("∞");
    return QCoreApplication::translate("thaw::SurgeryStrip", "band %1–%2 × %3 at %4")
        .arg(formatNumber(band.low), high, formatNumber(band.factor), QString::fromStdString(band.block));
}

QString provenanceText(const FidPoint& point) {
    QString text = QCoreApplication::translate("thaw::TrainPage", "%1 samples · features: %2 · reference: %3")
                       .arg(formatCount(point.num), QString::fromStdString(point.features),
                            QString::fromStdString(point.reference));
    if (!point.selection) return text;
    return text + QStringLiteral(" · ") +
           QCoreApplication::translate("thaw::TrainPage", "the best snapshot is chosen by it");
}

QString distanceName(const FidPoint& point) { return QString::fromStdString(measureName(measureOf(point))); }

QStringList computeWords(const RunEnvironment& environment) {
    QStringList words;
    const auto device = QString::fromStdString(environment.device);
    if (device == QLatin1String("cpu")) {
        words << QStringLiteral("CPU");
        if (environment.threads > 0)
            words << QCoreApplication::translate("thaw::MainToolBar", "%n thread(s)", nullptr, environment.threads);
    } else if (!device.isEmpty()) {
        words << device.toUpper().replace(QLatin1Char(':'), QLatin1Char(' '));
    }
    if (!environment.precision.empty()) words << QString::fromStdString(environment.precision);
    return words;
}

}  // namespace thaw

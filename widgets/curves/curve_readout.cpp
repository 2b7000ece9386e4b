// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/curves/curve_readout.h"

#include "widgets/base/number_text.h"

#include <QCoreApplication>

namespace thaw {
namespace {

struct ReadoutText {
    Q_DECLARE_TR_FUNCTIONS(thaw::CurvePlot)
};

// Smoothed and raw value of the nearest point, where it is if not at x, and how far it is from the pinned one.
QString valueText(const StoredCurve& curve, const ReadoutPlace& place) {
    const std::size_t at = curve.raw.nearest(place.x);
    const SeriesPyramid& shown = curve.shown();
    QString value = formatNumber(shown.y()[at]);
    if (!curve.smooth.empty()) value = ReadoutText::tr("%1 (raw %2)").arg(value, formatNumber(curve.raw.y()[at]));
    if (curve.raw.x()[at] != place.x) value = ReadoutText::tr("%1 at %2").arg(value, formatNumber(curve.raw.x()[at]));
    if (!place.pin) return value;
    const double difference = shown.y()[at] - shown.y()[curve.raw.nearest(*place.pin)];
    //: difference to the value at the pinned crosshair
    if (difference != 0)
        value += ReadoutText::tr(", Δ %1").arg((difference > 0 ? QStringLiteral("+") : QString()) +
                                               formatNumber(difference, 3));
    return value;
}

// Labels of marks that stand at x: on the plot there may be no room for them.
QStringList marksAt(const CurveStore& store, double x) {
    QStringList texts;
    for (const CurveMark& mark : store.marks())
        if (mark.x == x) texts << mark.text;
    return texts;
}

QString noteText(const StoredCurve& curve, const ReadoutPlace& place) {
    return curve.notes.value(qsizetype(curve.raw.nearest(place.x)));
}

}  // namespace

QString plainReadout(const CurveStore& store, const ReadoutPlace& place) {
    QStringList parts{formatQuantity(place.x, place.xLabel)};
    parts += marksAt(store, place.x);
    for (const StoredCurve& curve : store.curves()) {
        if (!isReadOut(curve)) continue;
        const QString note = noteText(curve, place);
        parts << QStringLiteral("%1 %2").arg(curve.name, valueText(curve, place)) +
                     (note.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(note));
    }
    return parts.join(QStringLiteral(" · "));
}

QString richReadout(const CurveStore& store, const ReadoutPlace& place, const QColor& muted,
                    const std::function<QColor(int)>& colourOf) {
    const QString wideRow = QStringLiteral("<tr><td colspan=2 style='color:%1'>%2</td></tr>");
    QString rows = wideRow.arg(muted.name(), formatQuantity(place.x, place.xLabel).toHtmlEscaped());
    for (const QString& mark : marksAt(store, place.x)) rows += wideRow.arg(muted.name(), mark.toHtmlEscaped());
    for (int i = 0; i < store.count(); ++i) {
        const StoredCurve& curve = store[i];
        if (!isReadOut(curve)) continue;
        rows += QStringLiteral("<tr><td style='color:%1'>%2&nbsp;</td><td>%3</td></tr>")
                    .arg(colourOf(i).name(), curve.name.toHtmlEscaped(), valueText(curve, place).toHtmlEscaped());
        const QString note = noteText(curve, place);
        if (!note.isEmpty()) rows += wideRow.arg(muted.name(), note.toHtmlEscaped());
    }
    return QStringLiteral("<table cellspacing=0 cellpadding=0>%1</table>").arg(rows);
}

QStringList curveSummary(const CurveStore& store, const QString& xLabel) {
    QStringList parts;
    for (const StoredCurve& curve : store.curves())
        if (!curve.raw.empty() && curve.kind != CurveKind::Band)
            parts << ReadoutText::tr("%1: points %2, latest %3 at %4")
                         .arg(curve.name, formatCount(std::int64_t(curve.raw.size())),
                              formatNumber(curve.raw.y().back()), formatQuantity(curve.raw.x().back(), xLabel));
    return parts;
}

}  // namespace thaw

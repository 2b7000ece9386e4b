// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/curves/curve_store.h"

#include <QColor>
#include <QString>

#include <functional>

namespace thaw {

/// Where a read-out is taken: at `x`, with the differences to the values at `pin`.
struct ReadoutPlace {
    double x = 0;
    std::optional<double> pin;
    QString xLabel;  ///< the unit of x
};

/// The value of every series that is read out, at its point nearest to x, in one line: for the status line, the clipboard
/// and screen readers.
QString plainReadout(const CurveStore& store, const ReadoutPlace& place);
/// The same as a table in rich text, with each name in the colour of its series.
QString richReadout(const CurveStore& store, const ReadoutPlace& place, const QColor& muted,
                    const std::function<QColor(int series)>& colourOf);

/// How many points each series has and its latest one, for screen readers.
QStringList curveSummary(const CurveStore& store, const QString& xLabel);

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/base/figure_style.h"
#include "widgets/curves/curve_clip.h"
#include "widgets/curves/curve_data.h"

#include <vector>

class QCPGraph;
class QCPItemText;
class QCPItemStraightLine;
class QCustomPlot;

namespace thaw {

class CurveStore;

/// Draws a CurveFigure with QCustomPlot: the one place that says how curves look, on screen and on paper. The data of
/// each series is handed in ready for the window (thinned or cut).
class CurveCanvas {
public:
    explicit CurveCanvas(QCustomPlot& plot);
    /// How many numbers fit below a plot of this width.
    static int horizontalTicks(int width);

    /// Colours, fonts, pens and margins. On paper pens have their exact width and axes have subticks.
    void setStyle(const FigureStyle& style, bool paper);

    /// `colour` and `dash` as in CurveSeries, neither negative.
    int addSeries(const QString& name, CurveKind kind, int colour, int dash = 0);
    void setLook(int series, int colour, int dash);
    void removeSeries();
    void showSeries(int series, const CurvePoints& raw, const CurvePoints& smooth);
    /// Every series of the store, which has the same ones, within [first, second] of x.
    void showCurves(const CurveStore& store, std::pair<double, double> xRange);
    void setSeriesVisible(int series, bool visible);
    QColor colour(int series) const;
    /// A series' sign in a legend.
    void drawSign(QPainter& painter, const QRectF& box, int series) const;

    /// The same of a reference line; on paper, where the legend names them, each has dashes of its own.
    void drawReferenceSign(QPainter& painter, const QRectF& box, int reference) const;

    void setMarks(const std::vector<CurveMark>& marks);
    void setReferences(const std::vector<CurveReference>& references);
    void setLabels(const QString& x, const QString& y);
    void setLog(bool x, bool y);
    /// Puts the labels where there is room for them in the present window; none lies on another. Call after a change of range or size.
    void placeLabels();

private:
    struct Series {
        CurveKind kind;
        int colour, dash;
        QCPGraph* raw;
        QCPGraph* smooth;
    };
    struct Label {
        QCPItemStraightLine* line;
        QCPItemText* text;
        QString full;  // of a mark, whose text may be cut
    };

    void applyStyle(const Series& series) const;
    void applyStyle(const Label& label, bool mark) const;
    void placeMarks(std::vector<QRectF> taken);
    void styleAxes();
    Label addLabel(const QString& layer);
    static void removeAll(QCustomPlot& plot, std::vector<Label>& labels);

    QCustomPlot& plot_;
    FigureStyle style_;
    bool paper_ = false;
    std::vector<Series> series_;
    std::vector<Label> marks_;
    std::vector<Label> references_;
};

}  // namespace thaw

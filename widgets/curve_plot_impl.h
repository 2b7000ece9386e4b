// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/curve_canvas.h"
#include "widgets/curve_plot.h"
#include "widgets/qcustomplot.h"
#include "widgets/series_pyramid.h"

#include <optional>

class QHBoxLayout;
class QLabel;

namespace thaw {

/// What a CurvePlot holds. Its parts: what is drawn (curve_plot.cpp), the window and the series (curve_plot_view.cpp),
/// mouse, keys and read-out (curve_plot_cursor.cpp).
struct CurvePlot::Impl {
    struct Series {
        QString name;
        CurveKind kind = CurveKind::Line;
        int colour = 0;
        bool visible = true;
        SeriesPyramid raw;
        SeriesPyramid smooth;
        DebiasedEma ema;
        QStringList notes;
        QToolButton* chip = nullptr;

        void clear(double weight);
    };

    explicit Impl(CurvePlot& owner);

    // View.
    bool isEmpty() const;
    void append(Series& series, double x, double y, const QString& note);
    void applySmoothing(double weight);
    void rebuildSmooth(Series& series);
    void fitRanges();
    void showData();
    void schedule();
    void draw(bool now);
    void recolour();
    void matchScreen();
    void addChip(int series);
    void updateControls();
    void describe();

    // Mouse, keys, read-out.
    bool handle(QEvent* event);
    bool handleKey(QKeyEvent* key);
    void zoom(double factor);
    void stepCursor(int steps);
    void moveCursor(double x);
    void leave();
    void userMoved();
    QString readoutAt(double x, bool rich) const;
    const Series* longest() const;

    CurvePlot& owner;
    QCustomPlot* plot;
    CurveCanvas canvas;
    std::vector<std::unique_ptr<Series>> series;
    std::vector<CurveMark> marks;
    std::vector<CurveReference> references;
    std::vector<std::pair<QString, QString>> provenance;
    QString xLabel, yLabel, caption, readout;
    double weight = 0;
    bool logX = false, logY = false, following = true, pending = false, fitting = false, smoothingShown = true;
    int frames = 0;
    std::optional<double> cursor;

    QLabel* title = nullptr;
    QLabel* smoothLabel = nullptr;
    QLabel* empty = nullptr;
    QLabel* bubble = nullptr;
    QSlider* slider = nullptr;
    QToolButton* log = nullptr;
    QToolButton* fit = nullptr;
    QToolButton* follow = nullptr;
    QHBoxLayout* chips = nullptr;
    QTimer* timer = nullptr;
    QCPItemStraightLine* crosshair = nullptr;
    std::vector<QCPItemTracer*> dots;
};

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/base/qcustomplot.h"
#include "widgets/curves/curve_canvas.h"
#include "widgets/curves/curve_plot.h"
#include "widgets/curves/series_pyramid.h"

#include <QPointer>

#include <optional>

class QHBoxLayout;
class QLabel;

namespace thaw {

/// What a CurvePlot holds. Its parts: settings (curve_plot.cpp), series (curve_plot_series.cpp), the window
/// (curve_plot_view.cpp), when it draws (curve_plot_frames.cpp), mouse, keys and read-out (curve_plot_cursor.cpp).
struct CurvePlot::Impl {
    static constexpr int kFrameMs = 33;

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
    std::optional<std::pair<double, double>> extent() const;  ///< of the visible series along x
    void recolour();
    void matchScreen();
    void addChip(int series);
    void nameChip(int series);
    void updateControls();
    void describe();

    // Mouse, keys, read-out.
    bool handle(QEvent* event);
    bool handleKey(QKeyEvent* key);
    void zoom(double factor);
    void stepCursor(int steps);
    void moveCursor(double x, bool told = false);  ///< `told`: by a linked plot, which has the status line
    void leave(bool told = false);
    void userMoved();
    void setPin(std::optional<double> x, bool told);
    QString valueAt(const Series& series, double x) const;
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
    std::optional<double> cursor, pin;
    std::optional<QPoint> pressed;
    QList<QPointer<CurvePlot>> companions;

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
    QCPItemStraightLine* pinLine = nullptr;
    std::vector<QCPItemTracer*> dots;
};

}  // namespace thaw

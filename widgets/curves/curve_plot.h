// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/curves/curve_data.h"

#include <QWidget>

#include <memory>
#include <optional>

class QCustomPlot;
class QLabel;
class QMenu;

namespace thaw {

class CurveBar;
class CurveCanvas;
class CurveCursor;
class CurveFrames;
class CurveInput;
class CurveLink;
class CurveStore;
class CurveWindow;

/// Live curves. Points are appended one by one and all kept; drawing is gathered to at most 30 frames a second.
///
/// Mouse: wheel zooms both axes, Ctrl+wheel only y, Shift+wheel only x, drag pans, double click fits. Keys: arrows move
/// the read-out from point to point, Home and End jump, +/- zoom, F or 0 fits, L toggles log y, Escape leaves the
/// read-out, Ctrl+C copies it; a click or Return pins it. Panning away switches "follow latest" off; End or the button
/// switches it back on. A right click opens a menu that has all of it.
///
/// Its parts: CurveStore keeps the points, CurveWindow what is visible of them, CurveCursor reads them out, CurveInput
/// takes mouse and keys, CurveBar is the row of buttons, CurveCanvas draws when CurveFrames says so, CurveLink shares with
/// linked plots. This class joins them.
class CurvePlot : public QWidget {
    Q_OBJECT
public:
    explicit CurvePlot(QWidget* parent = nullptr);
    ~CurvePlot() override;

    void setTitle(const QString& title);
    void setAxisLabels(const QString& x, const QString& y);  ///< with unit, e.g. "kimg"
    void setEmptyText(const QString& text);                  ///< shown while there is no point at all
    void setCaption(const QString& caption);
    void setProvenance(const std::vector<std::pair<QString, QString>>& provenance);

    /// Returns the series' id: 0, 1, 2, ...
    int addSeries(const QString& name, CurveKind kind = CurveKind::Line, int colour = -1, int dash = -1);
    /// x must not decrease; a smaller x takes up again there, as a resumed run does, and drops what came after.
    /// A value that is not finite is kept and exported, but has no place on the axis.
    void append(int series, double x, double y, const QString& note = {});
    /// Shows a whole figure in place of what was there, in a window that holds all of it.
    void setFigure(const CurveFigure& figure);
    /// The edges of a Band.
    void setBand(int series, const std::vector<double>& x, const std::vector<double>& low,
                 const std::vector<double>& high);
    void setData(int series, const std::vector<double>& x, const std::vector<double>& y);
    int pointCount(int series) const;
    /// Puts points before the first one: what a run that goes on logged earlier. Points from the first x on are dropped.
    void prepend(int series, const std::vector<double>& x, const std::vector<double>& y);
    void setSeriesVisible(int series, bool visible);
    bool isSeriesVisible(int series) const;
    /// A series that the run does not have loses its button too.
    void setSeriesOffered(int series, bool offered);
    void setSeriesName(int series, const QString& name);
    void setSeriesLook(int series, int colour, int dash);  ///< as in CurveSeries, neither negative

    void addMark(double x, const QString& text);
    void setReference(double y, const QString& text);  ///< replaces the one of the same text
    void clearReferences();
    /// Forgets points and marks; series, references and settings stay.
    void clear();
    /// Forgets the series too.
    void removeSeries();
    /// Hides the slider where averaging over neighbours has no meaning (a spectrum).
    void setSmoothingShown(bool shown);

    void setSmoothing(double weight);  ///< [0, 0.999]
    double smoothing() const;
    void setLogX(bool on);
    void setLogY(bool on);
    bool logY() const;
    void setFollowLatest(bool on);
    bool followsLatest() const;
    void fit();  ///< shows everything and follows again
    /// Joins plots of the same x: one window along x, one crosshair, one "follow latest".
    static void link(const QList<CurvePlot*>& plots);

    /// What is on screen, with the visible window: for export.
    CurveFigure figure() const;
    /// The read-out under the crosshair; empty when there is none.
    QString readout() const;
    /// A click or Return pins the crosshair: read-outs then say the difference to the values there. Linked plots share it.
    void setPin(std::optional<double> x);
    std::optional<double> pin() const;
    /// Rectangle between the axes, in the widget's pixels.
    QRect axisRect() const;
    std::pair<double, double> xRange() const;
    std::pair<double, double> yRange() const;
    QPointF toPixel(double x, double y) const;
    int frameCount() const;  ///< frames drawn so far
    void flush();            ///< draws what is waiting, now

    /// What the context menu offers; owners may add to it when `menuRequested` comes.
    QMenu* makeMenu();

    bool hasHeightForWidth() const override { return false; }  // the row of buttons has, the plot takes what is left
    QSize minimumSizeHint() const override;
    QSize sizeHint() const override;

Q_SIGNALS:
    void hovered(const QString& readout);  ///< empty when the pointer leaves
    void followLatestChanged(bool on);
    void pinChanged(std::optional<double> x);
    void menuRequested(QMenu* menu);  ///< before it is shown

protected:
    void changeEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void joinParts();
    void applySmoothing(double weight);
    void schedule();
    void draw(bool now);
    void showControls();
    void restyle();
    void describe();

    QCustomPlot* plot_;
    std::unique_ptr<CurveStore> store_;
    std::unique_ptr<CurveCanvas> canvas_;
    std::unique_ptr<CurveWindow> window_;
    std::unique_ptr<CurveFrames> frames_;
    std::unique_ptr<CurveCursor> cursor_;
    std::unique_ptr<CurveInput> input_;
    std::unique_ptr<CurveLink> link_;
    CurveBar* bar_;
    QLabel* empty_;
    QString xLabel_, yLabel_, caption_;
    std::vector<std::pair<QString, QString>> provenance_;
    bool smoothingShown_ = true;
};

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

class QLabel;
class QSlider;
class QToolButton;

namespace thaw {

class CurveCanvas;
class CurveStore;
class FlowLayout;

/// What stands above a plot: its title, a button for each series, smoothing, the scale of y, fitting and following, in as
/// many rows as they need.
class CurveBar : public QWidget {
    Q_OBJECT
public:
    explicit CurveBar(QWidget* parent = nullptr);

    void setTitle(const QString& title);
    QString title() const;
    /// A series that the store has got since; a band has no button, because it comes and goes with its line.
    void addSeries(const CurveStore& store, int series);
    void removeSeries();
    void setSeriesName(int series, const QString& name);
    void setSeriesChecked(int series, bool on);
    void setSeriesOffered(int series, bool offered);
    bool isOffered(int series) const;

    void setSmoothing(double weight);       ///< moves the slider
    void describeSmoothing(double weight);  ///< in the slider's tooltip
    /// Whether smoothing has a meaning.
    void setSmoothingShown(bool shown);
    void setLogY(bool on);
    void setFollows(bool on);
    /// Takes the colours of the palette, and the signs of the series from the canvas.
    void restyle(const CurveCanvas& canvas, const QPalette& palette);

Q_SIGNALS:
    void seriesToggled(int series, bool on);
    void smoothingChosen(double weight);
    void logYToggled(bool on);
    void fitRequested();
    void followToggled(bool on);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void showWhatFits();

    QLabel* title_;
    FlowLayout* flow_;
    QWidget* controls_;
    std::vector<QToolButton*> series_;
    QLabel* smoothLabel_;
    QSlider* slider_;
    QToolButton* log_;
    QToolButton* fit_;
    QToolButton* follow_;
    bool smoothingShown_ = true;
};

}  // namespace thaw

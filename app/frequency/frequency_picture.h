// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/figure_recipe.h"
#include "widgets/figure/figure_sheet.h"

#include <QStackedWidget>

#include <optional>
#include <utility>

class QLabel;

namespace thaw {

class CurvePlot;
class HeatmapView;

/// What the frequency page draws: a map or curves. The scale of a map's colours holds for A, B and all noise levels; it grows
/// with what noise level after noise level brings, never shrinks, and begins anew with other settings.
class FrequencyPicture : public QStackedWidget {
    Q_OBJECT
public:
    explicit FrequencyPicture(QWidget* parent = nullptr);

    HeatmapView* heatmap() const { return heatmap_; }
    CurvePlot* curves() const { return curves_; }

    /// What it is called, and what stands there while there is nothing to draw.
    void setTexts(const QString& name, const QString& empty);
    /// `other` is what the other side shows: both on one scale, so that switching between them shows the change and nothing
    /// else. A picture that is being renewed stays until the new one comes.
    void draw(const PanelRecipe& panel, const PanelFigure& figure, const PanelFigure& other, bool renewing);
    void setBusyText(const QString& text);  ///< shown while a map has nothing to draw

    /// What is drawn; nothing before the first answer.
    PanelFigure drawn() const;
    /// The scale of the map that is shown; nothing for curves.
    std::optional<std::pair<double, double>> scale() const;
    void setScale(const std::optional<std::pair<double, double>>& scale) { scale_ = scale; }

private:
    void drawMap(const PanelFigure& figure, const PanelFigure& other, bool renewing);
    void drawCurves(const PanelFigure& figure, bool renewing);

    HeatmapView* heatmap_;
    CurvePlot* curves_;
    QLabel* curvesCaption_;  // a heatmap has its own
    std::optional<PanelRecipe> scaledFor_;
    std::optional<std::pair<double, double>> scale_;
};

}  // namespace thaw

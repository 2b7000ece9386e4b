// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/frequency/frequency_picture.h"

#include "app/figure/panel_figure.h"
#include "widgets/base/theme.h"
#include "widgets/curves/curve_plot.h"
#include "widgets/heatmap/heatmap_view.h"

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace thaw {
namespace {

// What the scale of a map's colours holds for: the settings without the noise level and the choice between A and B.
PanelRecipe settingsOfScale(const PanelRecipe& panel) {
    PanelRecipe scale;
    scale.kind = panel.kind;
    if (panel.side == PanelSide::Difference) scale.side = panel.side;
    scale.block = panel.block;
    if (!panel.responses.empty()) scale.responses = {panel.responses.front()};
    scale.images = panel.images;
    scale.hannWindow = panel.hannWindow;
    scale.removeMean = panel.removeMean;
    return scale;
}

HeatmapData mapOf(const PanelFigure& figure) {
    const auto* map = std::get_if<MapFigure>(&figure);
    return map ? map->data : HeatmapData();
}

}  // namespace

FrequencyPicture::FrequencyPicture(QWidget* parent)
    : QStackedWidget(parent),
      heatmap_(new HeatmapView(this)),
      curves_(new CurvePlot(this)),
      curvesCaption_(new QLabel(this)) {
    auto* beside = new QWidget(this);
    auto* column = new QVBoxLayout(beside);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(curves_, 1);
    column->addWidget(curvesCaption_);
    addWidget(heatmap_);
    addWidget(beside);
    curves_->setSmoothingShown(false);
    curvesCaption_->setObjectName(QStringLiteral("curvesCaption"));
    curvesCaption_->setTextFormat(Qt::PlainText);
    curvesCaption_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    curvesCaption_->setWordWrap(true);
    curvesCaption_->hide();
    makeMuted(curvesCaption_);
}

void FrequencyPicture::setTexts(const QString& name, const QString& empty) {
    heatmap_->setAccessibleName(name);
    curves_->setAccessibleName(name);
    heatmap_->setEmptyText(empty);
    curves_->setEmptyText(empty);
}

void FrequencyPicture::draw(const PanelRecipe& panel, const PanelFigure& figure, const PanelFigure& other,
                            bool renewing) {
    const bool isMap = pictureOf(panel.kind).form == PanelPicture::Form::Map;
    setCurrentIndex(isMap ? 0 : 1);
    if (const PanelRecipe settings = settingsOfScale(panel); settings != scaledFor_) {
        if (scaledFor_) scale_.reset();
        scaledFor_ = settings;
    }
    isMap ? drawMap(figure, other, renewing) : drawCurves(figure, renewing);
}

void FrequencyPicture::drawMap(const PanelFigure& figure, const PanelFigure& other, bool renewing) {
    const HeatmapData shown = mapOf(figure), beside = mapOf(other);
    if (shown.empty()) {
        if (!renewing) heatmap_->clear();
        return;
    }
    for (const HeatmapData* data : {&shown, &beside}) {
        if (data->empty()) continue;
        const auto [low, high] = valueRange(*data);
        scale_ =
            scale_ ? std::pair{std::min(scale_->first, low), std::max(scale_->second, high)} : std::pair{low, high};
    }
    heatmap_->setRange(scale_);
    heatmap_->setData(shown);
}

void FrequencyPicture::drawCurves(const PanelFigure& figure, bool renewing) {
    const auto* curves = std::get_if<CurveFigure>(&figure);
    const bool empty = !curves || curves->series.empty();
    if (empty && renewing) return;
    if (empty) curves_->setFigure({});
    else curves_->setFigure(*curves);
    const QString caption = empty ? QString() : curves->caption;
    curvesCaption_->setText(caption);
    curvesCaption_->setVisible(!caption.isEmpty());
}

void FrequencyPicture::setBusyText(const QString& text) {
    heatmap_->setBusyText(heatmap_->data().empty() ? text : QString());
}

PanelFigure FrequencyPicture::drawn() const {
    if (currentWidget() == heatmap_) {
        if (heatmap_->data().empty()) return {};
        return MapFigure{heatmap_->data(), heatmap_->styleOptions()};
    }
    CurveFigure figure = curves_->figure();
    if (figure.series.empty()) return {};
    return figure;
}

std::optional<std::pair<double, double>> FrequencyPicture::scale() const {
    return currentWidget() == heatmap_ ? scale_ : std::nullopt;
}

}  // namespace thaw

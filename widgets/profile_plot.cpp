// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/profile_plot.h"

#include "widgets/number_text.h"

#include <algorithm>

namespace thaw {
namespace {

// One block alone is named by the title, and its lines by their weights.
bool oneBlock(const std::vector<LayerSpectrum>& layers) {
    return std::all_of(layers.begin(), layers.end(), [&](const auto& layer) { return layer.block == layers[0].block; });
}

QString lineName(const LayerSpectrum& layer, bool blockIsNamed) {
    const QString weights = layer.tuned ? ProfilePlot::tr("tuned") : ProfilePlot::tr("original");
    return blockIsNamed ? weights : ProfilePlot::tr("%1, %2").arg(QString::fromStdString(layer.block), weights);
}

QString titleOf(const std::vector<LayerSpectrum>& layers) {
    if (layers.empty() || !oneBlock(layers)) return ProfilePlot::tr("Radial power");
    return ProfilePlot::tr("Radial power, %1").arg(QString::fromStdString(layers[0].block));
}

// Without ring 0.
CurveSeries lineOf(const LayerSpectrum& layer, int colour, bool blockIsNamed) {
    CurveSeries line;
    line.name = lineName(layer, blockIsNamed);
    line.colour = colour;
    const auto& profile = layer.profile;
    for (std::size_t i = 0; i < std::min(profile.frequency.size(), profile.power.size()); ++i) {
        if (profile.frequency[i] <= 0) continue;
        line.x.push_back(profile.frequency[i]);
        line.y.push_back(profile.power[i]);
    }
    return line;
}

}  // namespace

CurveFigure profileFigure(const std::vector<LayerSpectrum>& layers) {
    CurveFigure figure;
    figure.title = titleOf(layers);
    figure.xLabel = ProfilePlot::tr("cycles/image");
    figure.yLabel = ProfilePlot::tr("power per bin");
    figure.logX = figure.logY = true;
    for (const auto& layer : layers) {
        figure.series.push_back(lineOf(layer, int(figure.series.size()), oneBlock(layers)));
        figure.provenance.emplace_back(figure.series.back().name,
                                       QStringLiteral("model %1, sigma %2, %3 images, first seed %4")
                                           .arg(QString::fromStdString(layer.model), exactText(layer.sigma))
                                           .arg(layer.images).arg(layer.firstSeed));
    }
    return figure;
}

ProfilePlot::ProfilePlot(QWidget* parent) : CurvePlot(parent) {
    setObjectName(QStringLiteral("profilePlot"));
    setAccessibleName(tr("Radial power"));
    setTitle(tr("Radial power"));
    setAxisLabels(tr("cycles/image"), tr("power per bin"));
    setEmptyText(tr("Select a block to see its radial power"));
    setLogX(true);
    setLogY(true);
    setSmoothingShown(false);
}

void ProfilePlot::setLayers(const std::vector<LayerSpectrum>& layers) {
    const CurveFigure figure = profileFigure(layers);
    removeSeries();
    setTitle(figure.title);
    setProvenance(figure.provenance);
    for (const auto& line : figure.series) setData(addSeries(line.name, line.kind, line.colour), line.x, line.y);
    fit();
}

}  // namespace thaw

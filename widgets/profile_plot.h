// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/spectrum.h"
#include "widgets/curve_plot.h"

namespace thaw {

/// Radial power profiles in log-log: power per ring over cycles/image, one line per profile (original, tuned). The
/// ring 0 (the mean of a map) has no place on a logarithmic axis and is left out.
CurveFigure profileFigure(const std::vector<LayerSpectrum>& layers);

/// A CurvePlot set up for them.
class ProfilePlot : public CurvePlot {
    Q_OBJECT
public:
    explicit ProfilePlot(QWidget* parent = nullptr);
    void setLayers(const std::vector<LayerSpectrum>& layers);
};

}  // namespace thaw

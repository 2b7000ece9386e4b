// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/figure/figure_export.h"

#include <QString>

#include <vector>

namespace thaw {

/// The width a venue prints figures at, and the type size that goes with its text.
struct FigurePreset {
    QString name;  ///< "ICML, one column"
    double widthMm;
    double fontPt;
};

/// ICML and NeurIPS from their style files (3.25 in columns on 6.75 in; 5.5 in of text), IEEE from its author guide (3.5 in and
/// 7.16 in), Nature from its guide to authors (89 and 183 mm, type of 5 to 7 pt).
std::vector<FigurePreset> figurePresets();

/// Index of the preset with that width, or -1.
int presetOf(const FigureOptions& options);

}  // namespace thaw

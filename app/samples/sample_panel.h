// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/class_choice.h"
#include "widgets/figure/figure_sheet.h"

#include <QString>

namespace thaw {

class FigureSources;
class SampleColumns;
class SampleGrid;

/// What a panel says beside the images.
struct SamplePanelText {
    QString modelTitle;
    QString seeds;  ///< e.g. "seeds 0–15"
    quint64 firstSeed = 0;
    const FigureSources* sources = nullptr;  ///< null = panels carry no recipe
    ClassChoice classes{};                   ///< what conditional models are told
};

/// The columns as a panel for figures: as they are drawn, and with a recipe where it can make the same images again. That
/// needs seeds in a row, latents where they are drawn, and no further models.
SheetPanel samplePanel(const SampleColumns& columns, const SampleGrid& grid, const SamplePanelText& text);

}  // namespace thaw

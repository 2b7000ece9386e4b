// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/samples/sample_pictures.h"
#include "widgets/samples/sample_scene.h"

namespace thaw {

/// Draws what is seen of a board: headings with their badges, images (plain, wiped, as differences, or fading), the values
/// of large pixels, and frames around the selected seed and the one under the pointer. Differences are made and kept in
/// `pictures` as they are needed.
void drawScene(QPainter& painter, const SampleScene& scene, SamplePictures& pictures, const FigureStyle& style);

}  // namespace thaw

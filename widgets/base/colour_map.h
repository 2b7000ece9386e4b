// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QRgb>
#include <QString>

#include <string>
#include <vector>

namespace thaw {

/// Perceptually ordered colour maps. The first four are for values with an order, `Diverging` (blue, white, orange) for
/// signed values centred on 0. Viridis and Magma: Smith & van der Walt; Cividis: Nuñez, Anderton & Renslow 2018, made
/// for colour-vision deficiency. Stored as 33 anchors and interpolated linearly in sRGB between them.
enum class ColourMap { Viridis, Cividis, Magma, Grey, Diverging };

std::vector<ColourMap> allColourMaps();
QString colourMapName(ColourMap map);  ///< translated
/// For files: `viridis`, ...; the empty and the unknown word are Viridis.
std::string colourMapWord(ColourMap map);
ColourMap colourMapOf(const std::string& word);

/// Colour at `t` in [0, 1], clamped. NaN is not a colour: callers draw it themselves.
QRgb colourAt(ColourMap map, double t);

/// `count` evenly spaced colours from t = 0 to t = 1.
std::vector<QRgb> colourTable(ColourMap map, int count = 256);

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/base/colour_map.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace thaw {
namespace {

struct ColourMapText {
    Q_DECLARE_TR_FUNCTIONS(ColourMapText)
};

using Anchors = std::array<QRgb, 33>;

// The published 256-entry tables at 33 even places; between them, linear interpolation stays within 2/255 of viridis
// and magma and within 6/255 of cividis.
constexpr Anchors kViridis = {0x440154, 0x470D60, 0x48186A, 0x482374, 0x472D7B, 0x453681, 0x424086, 0x3F4989, 0x3B528B,
                              0x375A8D, 0x33638D, 0x2F6A8E, 0x2C728E, 0x297A8E, 0x26818E, 0x23898E, 0x21908C, 0x1F988B,
                              0x1F9F88, 0x21A685, 0x28AE80, 0x31B57B, 0x3EBC74, 0x4CC26C, 0x5DC963, 0x6ECE58, 0x82D34C,
                              0x96D83F, 0xABDC32, 0xC0DF24, 0xD5E21A, 0xEAE51A, 0xFDE725};
constexpr Anchors kCividis = {0x00224E, 0x00285B, 0x002E6A, 0x043371, 0x1A386F, 0x273E6E, 0x32436D, 0x3B496C, 0x434E6C,
                              0x4B546C, 0x52596D, 0x5A5F6E, 0x61656F, 0x686A71, 0x6F7073, 0x757676, 0x7C7B78, 0x848179,
                              0x8B8778, 0x938D78, 0x9B9376, 0xA39A75, 0xABA072, 0xB3A670, 0xBBAD6C, 0xC3B469, 0xCCBA64,
                              0xD4C15F, 0xDDC958, 0xE6D051, 0xEFD748, 0xF8DF3C, 0xFEE838};
constexpr Anchors kMagma = {0x000004, 0x030311, 0x0A0822, 0x130D33, 0x1D1146, 0x28115A, 0x36106A, 0x430F76, 0x50127C,
                            0x5D177F, 0x691C81, 0x762181, 0x822681, 0x8F2A81, 0x9C2E7F, 0xA9327D, 0xB63779, 0xC33B75,
                            0xCF4170, 0xDB486A, 0xE65163, 0xEE5C5E, 0xF5695C, 0xF9785D, 0xFB8761, 0xFD9668, 0xFEA571,
                            0xFEB47B, 0xFEC387, 0xFED194, 0xFDE0A2, 0xFCEEB0, 0xFCFDBF};
// CIELAB lightness falls linearly from 96.5 in the middle to 30 at both ends, hue 264° below and 64° above.
constexpr Anchors kDiverging = {
    0x014B74, 0x015583, 0x005F92, 0x0369A2, 0x0274B1, 0x007FC2, 0x288ACC, 0x4294D4, 0x599FDC, 0x6EA9E2, 0x82B4E7,
    0x96BEEB, 0xA9C9EE, 0xBDD4F0, 0xD0DFF2, 0xE2EAF4, 0xF5F5F5, 0xF5E6DC, 0xF4D8C4, 0xF1CAAD, 0xEDBC97, 0xE8AF81,
    0xE2A26D, 0xDA955A, 0xD18949, 0xC87D39, 0xBD7129, 0xB2661B, 0xA65C0D, 0x995200, 0x8B4900, 0x7C4100, 0x6E3900};

QRgb between(const Anchors& anchors, double t) {
    const double place = t * double(anchors.size() - 1);
    const auto low = std::min(std::size_t(place), anchors.size() - 2);
    const double share = place - double(low);
    const auto channel = [&](int (*of)(QRgb)) {
        return int(std::lround(of(anchors[low]) * (1 - share) + of(anchors[low + 1]) * share));
    };
    return qRgb(channel(qRed), channel(qGreen), channel(qBlue));
}

}  // namespace

std::vector<ColourMap> allColourMaps() {
    return {ColourMap::Viridis, ColourMap::Cividis, ColourMap::Magma, ColourMap::Grey, ColourMap::Diverging};
}

QString colourMapName(ColourMap map) {
    switch (map) {
    case ColourMap::Viridis: return ColourMapText::tr("Viridis");
    case ColourMap::Cividis: return ColourMapText::tr("Cividis");
    case ColourMap::Magma: return ColourMapText::tr("Magma");
    case ColourMap::Grey: return ColourMapText::tr("Grey");
    case ColourMap::Diverging: return ColourMapText::tr("Blue, white, orange");
    }
    return {};
}

std::string colourMapWord(ColourMap map) {
    switch (map) {
    case ColourMap::Viridis: return "viridis";
    case ColourMap::Cividis: return "cividis";
    case ColourMap::Magma: return "magma";
    case ColourMap::Grey: return "grey";
    case ColourMap::Diverging: return "diverging";
    }
    return {};
}

ColourMap colourMapOf(const std::string& word) {
    for (const ColourMap map : allColourMaps())
        if (colourMapWord(map) == word) return map;
    return ColourMap::Viridis;
}

QRgb colourAt(ColourMap map, double t) {
    const double clamped = std::isnan(t) ? 0 : std::clamp(t, 0.0, 1.0);
    switch (map) {
    case ColourMap::Viridis: return between(kViridis, clamped);
    case ColourMap::Cividis: return between(kCividis, clamped);
    case ColourMap::Magma: return between(kMagma, clamped);
    case ColourMap::Diverging: return between(kDiverging, clamped);
    case ColourMap::Grey: break;
    }
    const int grey = int(std::lround(255 * clamped));
    return qRgb(grey, grey, grey);
}

std::vector<QRgb> colourTable(ColourMap map, int count) {
    std::vector<QRgb> table;
    table.reserve(std::size_t(std::max(count, 0)));
    for (int i = 0; i < count; ++i) table.push_back(colourAt(map, count > 1 ? double(i) / (count - 1) : 0));
    return table;
}

}  // namespace thaw

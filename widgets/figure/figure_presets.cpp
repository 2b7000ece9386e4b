// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_presets.h"

#include "widgets/figure/figure_file.h"

#include <QCoreApplication>

#include <cmath>

namespace thaw {
namespace {

struct FigurePresets {
    Q_DECLARE_TR_FUNCTIONS(FigurePresets)
};

constexpr double kIeeePageMm = 181.86;  // 7.16 in, to the hundredth that the form shows

}  // namespace

std::vector<FigurePreset> figurePresets() {
    const QString column = FigurePresets::tr("%1, one column"), page = FigurePresets::tr("%1, full width");
    return {{column.arg(QStringLiteral("ICML")), 3.25 * kMmPerInch, 8},
            {page.arg(QStringLiteral("ICML")), 6.75 * kMmPerInch, 8},
            {page.arg(QStringLiteral("NeurIPS")), 5.5 * kMmPerInch, 8},
            {column.arg(QStringLiteral("IEEE")), 3.5 * kMmPerInch, 8},
            {page.arg(QStringLiteral("IEEE")), kIeeePageMm, 8},
            {column.arg(QStringLiteral("Nature")), 89, 7},
            {page.arg(QStringLiteral("Nature")), 183, 7}};
}

int presetOf(const FigureOptions& options) {
    const auto presets = figurePresets();
    for (std::size_t i = 0; i < presets.size(); ++i)
        if (std::abs(presets[i].widthMm - options.widthMm) < 0.01) return int(i);
    return -1;
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QApplication;

namespace thaw {

struct FigureOrder {
    QString recipe;  ///< recipe file, or a figure that holds one
    QString out;     ///< .pdf, .svg, .png, .csv or .npz
    QString device = QStringLiteral("auto");
    bool force = false;
    bool quiet = false;
};

/// Makes a figure without a window: measures what its recipe says and writes it, all on the calling thread, because without a
/// window nobody waits for it and no other thread computes. Progress and faults go to standard error.
/// Returns the exit code: 0, 2 for a wrong recipe or usage, 3 for files, 4 for memory or device.
int makeFigure(QApplication& application, const FigureOrder& order);

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/base/theme.h"

#include <QSize>
#include <QString>
#include <QStringList>

#include <optional>

namespace thaw {

/// `thaw [MODEL | SESSION.thaw] [--data D] [--runs DIR] [--device D] [--theme T] [--language L] [--start] [--screenshot F [--size WxH] [--after MS]]`
/// `thaw --report FOLDER` draws the report of a study without a window.
/// `thaw --figure RECIPE --out FILE [--force] [--quiet] [--device D]` makes a figure without a window.
struct CommandLine {
    QString model = QStringLiteral("builtin");
    QString data = QStringLiteral("builtin");
    QString session;            ///< a .thaw file instead of model and data; empty = none
    bool nothingNamed = false;  ///< neither model nor data nor session were given
    QString runs;               ///< empty = defaultRunsFolder()
    QString device = QStringLiteral("auto");
    std::optional<Theme> theme;  ///< absent = as remembered
    std::optional<QString> language;
    bool start = false;     ///< press Start once everything is loaded
    QString screenshot;     ///< PNG file to write the window to before leaving; empty = none
    QSize size{1440, 900};  ///< of the window on that picture
    QString report;         ///< a study's folder, whose report is to be drawn; empty = open the window
    QString figure;         ///< a recipe, or a figure that holds one, to be made again; empty = open the window
    QString out;            ///< where that figure goes
    bool force = false;     ///< ... also where a file is already
    bool quiet = false;     ///< ... without progress
    int afterMs = 0;        ///< waited between "everything is there" and the screenshot

    /// Set when there is nothing to open: the exit code and what to print.
    std::optional<int> exitCode;
    QString output;
};

/// Never throws and never leaves the program; a wrong argument gives exit code 2 and one sentence. `arguments` begins
/// with the program's name.
CommandLine parseCommandLine(const QStringList& arguments);

}  // namespace thaw

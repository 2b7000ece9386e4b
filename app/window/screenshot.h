// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace thaw {

class MainWindow;

/// Why no picture of the window can be written there, with its exit code: the ending, or the folder. Asked before anything is
/// opened.
struct ScreenshotProblem {
    int exitCode = 2;
    QString text;
};
std::optional<ScreenshotProblem> screenshotProblem(const QString& path);

/// Writes a picture of the window `afterMs` after everything is there and leaves with 0. Where something fails before (a
/// file cannot be opened, a run cannot start), says what and leaves with its exit code instead.
void pictureAndQuit(MainWindow& window, const QString& path, int afterMs);

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/figure_windows.h"

#include "app/engine/compute_thread.h"
#include "app/figure/figure_paths.h"
#include "app/figure/figure_saving.h"
#include "app/figure/figure_window.h"
#include "app/window/run_report.h"
#include "core/values/panel_kinds.h"

#include <QDir>

#include <utility>

namespace thaw {

FigureWindows::FigureWindows(ComputeThread& compute, RunReport& report, Settings& settings, QWidget* window)
    : QObject(window), compute_(compute), report_(report), settings_(settings), window_(window) {}

FigureWindows::~FigureWindows() {
    // A window that is deleted removes itself from the list, which must be there until then.
    for (FigureWindow* window : std::exchange(windows_, {})) delete window;
}

FigureWindow* FigureWindows::make() {
    auto* window = new FigureWindow(settings_, compute_, window_);
    windows_ << window;
    connect(window, &FigureWindow::helpRequested, this, &FigureWindows::helpRequested);
    connect(window, &FigureWindow::figureDropped, this, &FigureWindows::open);
    connect(window, &QObject::destroyed, this, [this, window] { windows_.removeAll(window); });
    return window;
}

void FigureWindows::show(FigureWindow* window) {
    windows_.removeAll(window);
    windows_ << window;
    window->show();
    window->raise();
}

void FigureWindows::showNew() { show(make()); }

void FigureWindows::add(const SheetPanel& panel) {
    FigureWindow* window = windows_.isEmpty() ? make() : windows_.last();
    window->add(panel);
    show(window);
}

// A view of the frequency page comes back on that page, with its model and data; everything else is measured in a window,
// beside what is open.
void FigureWindows::open(const QString& path) {
    const OpenedRecipe opened = openRecipe(path);
    if (!opened.recipe)
        return report_.showProblem(tr("%1 could not be opened").arg(QDir::toNativeSeparators(path)), opened.error,
                                   opened.hint);
    const FigureRecipe recipe = withAbsolutePaths(*opened.recipe, opened.folder);
    const bool one = recipe.panels.size() == 1 && entryOf(recipe.panels.front().kind).isOnFrequencyPage;
    if (one && compute_.allows(Command::OpenModel)) return Q_EMIT viewOpened(recipe);
    const bool reusable = !windows_.isEmpty() && windows_.last()->isEmpty() && !windows_.last()->isReading();
    FigureWindow* window = reusable ? windows_.last() : make();
    show(window);
    window->open(path);
}

bool FigureWindows::mayClose() {
    for (FigureWindow* window : windows_) {
        if (!window->isModified() || window->isEmpty()) continue;
        show(window);
        window->close();
        return false;
    }
    return true;
}

}  // namespace thaw

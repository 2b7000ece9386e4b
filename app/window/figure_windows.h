// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/figure_recipe.h"

#include <QList>
#include <QObject>

class QWidget;

namespace thaw {

class ComputeThread;
class FigureWindow;
class RunReport;
class Settings;
struct SheetPanel;

/// The windows in which figures of several panels are composed. The last one shown is the one that panels are added to.
class FigureWindows : public QObject {
    Q_OBJECT
public:
    FigureWindows(ComputeThread& compute, RunReport& report, Settings& settings, QWidget* window);
    ~FigureWindows() override;

    /// The one that panels are added to; null while there is none.
    FigureWindow* current() const { return windows_.isEmpty() ? nullptr : windows_.last(); }
    void showNew();
    void add(const SheetPanel& panel);
    /// A figure that Thaw made: a single view of the frequency page is announced by viewOpened, everything else is
    /// measured anew in a window.
    void open(const QString& path);
    /// False, and the question is shown, while a figure is in no file and the user has not said what to do with it.
    bool mayClose();

Q_SIGNALS:
    void viewOpened(const thaw::FigureRecipe& recipe);
    void helpRequested(const QString& page);

private:
    FigureWindow* make();
    void show(FigureWindow* window);

    ComputeThread& compute_;
    RunReport& report_;
    Settings& settings_;
    QWidget* window_;
    QList<FigureWindow*> windows_;  // the last one shown comes last
};

}  // namespace thaw

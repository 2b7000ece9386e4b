// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/window/pages.h"

#include <QObject>

class QWidget;

namespace thaw {

class Actions;
class HelpWindow;
class MainToolBar;
class Settings;
class Workbench;

/// Help on the window: the pages of all help folders, the one of the view that has the focus, the tour, and what Thaw is.
class HelpGuide : public QObject {
    Q_OBJECT
public:
    HelpGuide(const Pages& pages, Workbench& workbench, const MainToolBar& toolBar, const Actions& actions,
              Settings& settings, QWidget* window);

    void showPage(const QString& name);  ///< e.g. "first-steps"; a view's page has the object name of its dock
    void startTour();                    ///< does nothing while it goes on

private:
    void showPageOfFocus();
    void showAbout();

    Pages pages_;
    Workbench& workbench_;
    const MainToolBar& toolBar_;
    Settings& settings_;
    QWidget* window_;
    HelpWindow* help_ = nullptr;  // made when it is first shown
};

}  // namespace thaw

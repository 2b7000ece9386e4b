// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/window/pages.h"
#include "app/window/session_file.h"

namespace thaw {

class Opening;
class Selection;
class Settings;
class Workbench;

/// What the window shows, as a value: open files, selection, settings of the next run, columns, views and layout.
class WindowState {
public:
    WindowState(const Pages& pages, Selection& selection, Workbench& workbench, const Opening& opening,
                Settings& settings);

    SessionFile read() const;
    /// Brings everything back but the open files, which must be open already: what stands on them is applied to them.
    void apply(const SessionFile& session) const;

private:
    void applySelection(const SessionFile& session) const;
    void applyLayout(const SessionFile& session) const;

    Pages pages_;
    Selection& selection_;
    Workbench& workbench_;
    const Opening& opening_;
    Settings& settings_;
};

}  // namespace thaw

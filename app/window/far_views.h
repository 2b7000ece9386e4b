// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/window/pages.h"

#include <QObject>
#include <QString>

namespace thaw {

class Actions;
class ComputeThread;
class ContinueOffer;
class FarMachine;
class FigureSources;
class MemoryWatch;
class Opening;
class SessionKeeper;
class Settings;

/// What the window shows when another machine computes: its runs in place of those of this one, its files in the
/// dialogs, and what needs the files of this machine is switched off, with a sentence. Back again, what was open here
/// is opened.
class FarViews : public QObject {
    Q_OBJECT
public:
    struct Parts {
        FarMachine& machine;
        ComputeThread& compute;
        const Pages& pages;
        Opening& opening;
        ContinueOffer& offer;
        SessionKeeper& sessions;
        FigureSources& sources;
        MemoryWatch& memory;
        const Actions& actions;
        Settings& settings;
    };
    /// `runsFolder`: of this machine.
    FarViews(const Parts& parts, const QString& runsFolder, QObject* parent);

private:
    void move();
    void askForPlace();
    void switchActions();
    void offerLivingRun();

    Parts parts_;
    Pages pages_;
    QString runsFolder_, farFolder_;
    QString model_, data_;  // that were open here
    bool wasFar_ = false;
};

}  // namespace thaw

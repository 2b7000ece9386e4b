// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/compute_thread.h"
#include "app/engine/remote_link.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <functional>

class QWidget;

namespace thaw {

class Actions;
class MessageStrip;
class RunReport;
class Settings;
class StatusLine;

/// Which machine computes for the window: this one, or another over ssh. The menu changes it; title and status line
/// name another one, a strip says when its line is broken, and offers a run that went on there meanwhile.
class FarMachine : public QObject {
    Q_OBJECT
public:
    /// `local`: how this machine computes.
    FarMachine(ComputeThread& compute, const ComputeOptions& local, RunReport& report, StatusLine& status,
               const Actions& actions, Settings& settings, QWidget* window);

    MessageStrip* strip() const { return strip_; }  ///< the window places it

    bool isFar() const { return link_; }
    QString name() const { return link_ ? link_->host().name : QString(); }
    RemoteLink* link() const { return link_; }
    FarFiles* files() const { return link_ ? &link_->files() : nullptr; }  ///< null: they are those of this machine

    void connectTo(const RemoteHost& host);
    void goBack();
    /// What shall become of the open run there, before the window leaves it; neither where the user stays.
    void askAboutRun(const std::function<void()>& leaveIt, const std::function<void()>& stopIt);
    /// A run that goes on there without a window.
    void offerTakeOver(const QString& folder, const QString& title);

Q_SIGNALS:
    /// Another engine: nothing is open in it yet, and files are those of its machine.
    void moved();
    void helpRequested(const QString& page);

private:
    void askForHost();
    void askToGoBack();
    void show();
    void showBroken();
    void showActions();

    ComputeThread& compute_;
    ComputeOptions local_;
    RunReport& report_;
    StatusLine& status_;
    const Actions& actions_;
    Settings& settings_;
    QWidget* window_;
    MessageStrip* strip_;
    QPointer<RemoteLink> link_;
    bool goesBack_ = false;  // as soon as the run there is stopped
    QString offered_;        // a run there; empty = the strip speaks of the line
};

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/window/pages.h"
#include "core/formats/run_files.h"
#include "core/values/opened_run.h"

#include <QList>
#include <QObject>
#include <QPointer>
#include <QString>

namespace thaw {

class ComputeThread;
class KnownRuns;
class RunSamplesWindow;
class Settings;
class WatchedRunBar;
struct RunStats;

/// Shows a run that was opened to be looked at on every page: its settings and freeze plan, its curves as they are logged,
/// its generator as the tuned one, and what its teacher measures as the reference. While another process goes on with the run
/// the curves grow, and a bar above samples, spectra and settings says what it does and which snapshot is shown.
class OpenedRunViews : public QObject {
    Q_OBJECT
public:
    OpenedRunViews(ComputeThread& compute, const Pages& pages, Settings& settings, QWidget* window);
    ~OpenedRunViews() override;

    /// The newest snapshot takes the place of the one that is shown.
    void showNewest();

private:
    void addBars();
    void connectRun();
    void show(const OpenedRun& run);
    void showRenewed(const OpenedRun& run);
    void showNotYet(const QString& folder);
    void leave();
    void draw(const RunStats& stats, bool whole);
    void takeFiles(const RunFiles& files);
    void showSamples();
    void showBars();
    bool hasNewer() const;
    bool isShown(const QString& folder) const;
    KnownRuns& known() const;

    ComputeThread& compute_;
    Pages pages_;
    Settings& settings_;
    QWidget* window_;
    QList<WatchedRunBar*> bars_;
    QPointer<RunSamplesWindow> samples_;
    QString folder_, title_;  // of the run that is looked at; empty = none
    OpenedRun run_;
    RunFiles files_;
    QString asked_;    // the snapshot that was asked for by itself
    QString refusal_;  // why the newest one cannot be shown
    bool isDrawn_ = false, wasKnown_ = false;
};

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/interrupted_run.h"
#include "core/values/run_state.h"

#include <QObject>
#include <QPointer>
#include <QString>

#include <optional>
#include <vector>

class QWidget;

namespace thaw {

class ComputeThread;
class FarFiles;
class MessageStrip;
class Settings;

/// Asks once, in a strip of its own and in nobody's way, whether a run that was killed or left while it went on shall go on:
/// one in the runs folder, or the last one that was going, wherever it lies. A run that is declined is asked about again
/// only after it has gone further.
class ContinueOffer : public QObject {
    Q_OBJECT
public:
    /// Looks for such runs, on another thread.
    ContinueOffer(ComputeThread& compute, Settings& settings, const QString& runsFolder, QWidget* window);

    /// From now on of the runs of another machine; null = of this one.
    void setFar(FarFiles* far, const QString& host);
    /// Looks for such runs there: one in the folder, or `last`.
    void look(const QString& runsFolder, const QString& last);

    MessageStrip* strip() const { return strip_; }  ///< the window places it

private:
    void choose(const std::vector<InterruptedRun>& runs);
    void show(const InterruptedRun& run);
    void goOn();

    ComputeThread& compute_;
    Settings& settings_;
    MessageStrip* strip_;
    std::optional<InterruptedRun> offered_;
    QPointer<FarFiles> far_;
    QString host_;    // the machine of `far_`; empty = this one
    QString wanted_;  // the run that shall go on as soon as files have been opened
};

}  // namespace thaw

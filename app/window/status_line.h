// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/device_memory_report.h"
#include "app/training/run_progress.h"
#include "core/values/run_state.h"

#include <QElapsedTimer>
#include <QStatusBar>

class QLabel;

namespace thaw {

/// What the run is doing, in words: "ready", "running", "paused".
QString stateText(RunState state);

/// The status bar: where the run is on the left, what is under the pointer on the right.
class StatusLine : public QStatusBar {
    Q_OBJECT
public:
    explicit StatusLine(QWidget* parent = nullptr);

    /// The other machine that computes, or since when nothing is known of it; empty = this one. `program`: what answers
    /// there.
    void setMachine(const QString& words, const QString& program);
    void setState(RunState state);
    void setProgress(const RunProgress& progress);
    void setOutcome(RunOutcome outcome);  ///< of the run that has ended: one that was stopped is not finished
    void setMeasuring(bool measuring);    ///< a Fréchet distance is being measured
    void noteSaved();
    void setMemory(double residentMiB);
    void setDeviceMemory(const std::optional<DeviceMemory>& memory);  ///< nothing = no GPU
    void forgetRun();
    void setReadout(const QString& readout);
    QString runText() const;

private:
    void showRun();
    void showMemory();

    RunState state_ = RunState::Empty;
    RunOutcome outcome_ = RunOutcome::Finished;
    RunProgress progress_;
    bool hasRun_ = false;
    bool measuring_ = false;
    QElapsedTimer sinceSaved_;
    QString machine_;
    QLabel* run_;
    QLabel* readout_;
    QLabel* memory_;
    double resident_ = 0;
    std::optional<DeviceMemory> device_;
};

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/steering_port.h"
#include "core/values/engine_messages.h"
#include "core/values/train_config.h"

#include <QObject>

#include <optional>
#include <vector>

class QTimer;

namespace thaw {

class Engine;

/// Steers the window's run by the files in its folder (core/formats/steering_files.h), for `thaw-cli pause` and another window:
/// what is asked there is carried out by the engine as if this window had asked, and all that the engine tells goes into the
/// status. Belongs to the engine and lives on its thread; between two pieces of work a timer looks for requests.
class FileSteering : public QObject {
    Q_OBJECT
public:
    explicit FileSteering(Engine& engine);
    ~FileSteering() override;  ///< a run that goes on is suspended by the engine: it counts as stopped

Q_SIGNALS:
    /// The run took this plan from a request.
    void planChanged(const thaw::FreezePlan& plan);

private:
    void begin(const QString& folder, const FinetuneConfig& config);
    void poll();
    void apply(const SteeringRequest& request);
    QString obstacleTo(const SteeringRequest& request) const;
    void carryOut(const SteeringRequest& request);
    void noteState(RunState state);
    void endIfOver();

    Engine& engine_;
    SteeringPort port_;
    QTimer* timer_;
    RunStatus status_;
    FinetuneConfig config_;
    std::vector<ParameterInfo> parameters_;  // of the open model
    std::optional<Failure> failure_;         // of what is being carried out
    bool isApplying_ = false;
};

}  // namespace thaw

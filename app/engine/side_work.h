// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/failures.h"
#include "core/engine/figure_queue.h"
#include "core/engine/view_queue.h"
#include "core/values/engine_messages.h"

#include <QElapsedTimer>
#include <QObject>

#include <functional>
#include <optional>
#include <vector>

namespace thaw {

/// Everything the compute thread does for the window beside training: samples, trajectories, measurements, the distance of
/// the original, figures that are made again. In pieces; every request ends: its last answer comes, or it is given up by name.
class SideWork : public QObject {
    Q_OBJECT
public:
    /// `session` makes it where there is none yet; where `goOn` says no, a command waits and a piece stops at its next
    /// progress report, to be taken again.
    SideWork(std::function<Session&()> session, std::function<bool()> goOn, QObject* parent);

    /// Other files are open: what was asked of the ones before is given up.
    void setOpen(bool model, bool data);
    void put(const SampleRequest& request, quint64 generation, int slot);
    void put(const TrajectoryRequest& request, quint64 generation);
    void put(const MeasurementJob& job, quint64 generation, int slot);
    void put(const FigureRecipe& recipe, quint64 generation);
    void putOriginalFid(int images);
    void forgetSamples(int slot);
    void forgetMeasurement(int slot);
    void forgetFigure(quint64 generation);
    void giveUp();  ///< all of it

    bool viewsWait() const { return hasModel_ && !views_.empty(); }
    bool figuresWait() const { return !figures_.empty(); }
    void viewPiece();
    void figurePiece();
    /// The distance of a run is the run's own work; what is said of it is said here.
    void noteDistance(std::optional<double> share);
    ComputeWork current();

Q_SIGNALS:
    void samplesReady(quint64 generation, const thaw::SampleColumn& column);
    void trajectoryReady(quint64 generation, const thaw::Trajectory& trajectory);
    void measured(quint64 generation, const thaw::Measured& measured);
    void originalFidMeasured(const thaw::FidPoint& point);
    void figureProgressed(quint64 generation, double share);
    void figureMade(quint64 generation, const thaw::FigureAnswer& answer);
    /// These requests will not be answered any more.
    void givenUp(const std::vector<quint64>& generations);
    void changed(const thaw::ComputeWork& work);
    void failed(const thaw::Failure& failure);

private:
    WorkResult attempt(Task task, const std::function<void()>& work);
    void samplePiece(ViewQueue::Column& column);
    void trajectoryPiece();
    void measurementPiece(ViewQueue::Job& job);
    void originalPiece();
    Progress following(double done, double part);
    void report();

    std::function<Session&()> session_;
    std::function<bool()> goOn_;
    bool hasModel_ = false, hasData_ = false;
    ViewQueue views_;
    FigureQueue figures_;
    bool originalBegun_ = false;
    double share_ = 0;  // of the request whose piece is in progress
    double figureShare_ = 0;
    std::optional<double> distance_;
    ComputeWork told_;
    QElapsedTimer sinceTold_, sinceMeasured_;
};

}  // namespace thaw

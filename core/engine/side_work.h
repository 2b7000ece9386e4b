// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/failures.h"
#include "core/engine/figure_queue.h"
#include "core/engine/stopwatch.h"
#include "core/engine/view_queue.h"
#include "core/values/engine_fact.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace thaw {

/// Everything the engine does for the window beside training: samples, trajectories, measurements, the distance of
/// the original, figures that are made again. In pieces; every request ends: its last answer comes, or it is given up
/// by name.
class SideWork {
public:
    /// `session` makes it where there is none yet; where `goOn` says no, a command waits and a piece stops at its next
    /// progress report, to be taken again. `sink` is told every answer.
    SideWork(std::function<Session&()> session, std::function<bool()> goOn, FactSink sink);

    /// Other files are open: what was asked of the ones before is given up.
    void setOpen(bool model, bool data);
    void put(const SampleRequest& request, std::uint64_t generation, int slot);
    void put(const TrajectoryRequest& request, std::uint64_t generation);
    void put(const MeasurementJob& job, std::uint64_t generation, int slot);
    void put(const FigureRecipe& recipe, std::uint64_t generation);
    void putOriginalFid(int images);
    void forgetSamples(int slot);
    void forgetMeasurement(int slot);
    void forgetFigure(std::uint64_t generation);
    void giveUp();  ///< all of it

    bool viewsWait() const { return hasModel_ && !views_.empty(); }
    bool figuresWait() const { return !figures_.empty(); }
    void viewPiece();
    void figurePiece();
    /// The distance of a run is the run's own work; what is said of it is said here.
    void noteDistance(std::optional<double> share);
    ComputeWork current();

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
    FactSink sink_;
    bool hasModel_ = false, hasData_ = false;
    ViewQueue views_;
    FigureQueue figures_;
    bool originalBegun_ = false;
    double share_ = 0;  // of the request whose piece is in progress
    double figureShare_ = 0;
    std::optional<double> distance_;
    ComputeWork told_;
    Stopwatch sinceTold_, sinceMeasured_;
};

}  // namespace thaw

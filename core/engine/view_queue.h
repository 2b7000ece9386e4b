// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/lab/measuring.h"
#include "core/values/measurement_job.h"
#include "core/values/sample_request.h"

#include <cstdint>

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace thaw {

/// What the window wants to see next. One slot a view: a newer request overwrites an older one that waits or is half
/// done, so that work never piles up. Each request carries a generation number that comes back with the answer.
class ViewQueue {
public:
    template <typename Request>
    struct Wanted {
        Request request;
        std::uint64_t generation = 0;
    };
    /// A column of samples in the making.
    struct Column {
        SampleRequest request;
        std::uint64_t generation = 0;
        SampleColumn done;  ///< the images so far
        int slot = 0;
        bool complete() const { return done.seeds.size() >= request.seeds.size(); }
        double share() const { return complete() ? 1 : double(done.seeds.size()) / double(request.seeds.size()); }
    };
    /// A measurement, and how far it has come.
    struct Job {
        MeasurementJob job;
        std::uint64_t generation = 0;
        int slot = 0;
        std::unique_ptr<RunningJob> running;  ///< null before its first piece
        double kimg = 0;                      ///< of the tuned generator when it was begun
    };
    /// `slot`: one pending request each, e.g. a column of the comparison.
    void put(const SampleRequest& request, std::uint64_t generation, int slot);
    void put(const SampleRequest& request, std::uint64_t generation) { put(request, generation, int(request.source)); }
    void put(const TrajectoryRequest& request, std::uint64_t generation) { trajectory = {request, generation}; }
    void put(const MeasurementJob& job, std::uint64_t generation, int slot) {
        jobs_[slot] = {job, generation, slot, nullptr, 0};
    }

    /// The column to work on: one-step columns first, they show something soonest. Null when none waits.
    Column* nextColumn();
    void drop(SampleSource source) { columns_.erase(int(source)); }
    void dropColumn(int slot) { columns_.erase(slot); }

    /// The job to work on: that of the lowest slot. Null when none waits.
    Job* nextJob() { return jobs_.empty() ? nullptr : &jobs_.begin()->second; }
    void dropJob(int slot) { jobs_.erase(slot); }

    /// Of everything that waits or is half done; the distance of the original has none.
    std::vector<std::uint64_t> generations() const;
    int count() const { return int(columns_.size() + jobs_.size()) + (trajectory ? 1 : 0) + (originalFid ? 1 : 0); }
    bool empty() const { return columns_.empty() && jobs_.empty() && !trajectory && !originalFid; }
    void clear() { *this = {}; }

    std::optional<int> originalFid;  ///< number of images
    std::optional<Wanted<TrajectoryRequest>> trajectory;

private:
    std::map<int, Column> columns_;  // by slot
    std::map<int, Job> jobs_;        // by slot
};

}  // namespace thaw

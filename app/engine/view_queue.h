// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/measuring.h"
#include "app/engine/messages.h"
#include "core/session/session.h"

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace thaw {

/// What the window wants to see next. One mailbox a view: a newer request overwrites an older one that waits or is
/// half done, so that work never piles up. Each request carries a generation number that comes back with the answer.
class ViewQueue {
public:
    template <typename Request>
    struct Wanted {
        Request request;
        quint64 generation = 0;
    };
    /// A column of samples in the making.
    struct Column {
        SampleRequest request;
        quint64 generation = 0;
        SampleColumn done;  ///< the images so far
        int slot = 0;
        bool slow() const {
            return request.source == SampleSource::OriginalMultiStep ||
                   (request.source == SampleSource::OtherModel && request.steps > 1);
        }
        bool complete() const { return done.seeds.size() >= request.seeds.size(); }
    };
    /// A measurement, and how far it has come.
    struct Job {
        MeasurementJob job;
        quint64 generation = 0;
        int slot = 0;
        std::unique_ptr<RunningJob> running;  ///< null before its first piece
    };
    /// The next seeds of a column to compute: as many as keep the compute thread answering quickly.
    static SampleRequest nextPiece(const Column& column);

    /// `slot`: one mailbox each, e.g. a column of the comparison.
    void put(const SampleRequest& request, quint64 generation, int slot);
    void put(const SampleRequest& request, quint64 generation) { put(request, generation, int(request.source)); }
    void put(const TrajectoryRequest& request, quint64 generation) { trajectory = {request, generation}; }
    void put(const SpectrumRequest& request, quint64 generation) { spectra_[request.tuned] = {request, generation}; }
    void put(const MeasurementJob& job, quint64 generation, int slot) {
        jobs_[slot] = {job, generation, slot, nullptr};
    }

    /// The column to work on: one-step columns first, they show something soonest. Null when none waits.
    Column* nextColumn();
    void drop(SampleSource source) { columns_.erase(int(source)); }
    void dropColumn(int slot) { columns_.erase(slot); }

    // The original model's spectrum comes before the tuned one's; each is a view of its own.
    std::optional<Wanted<SpectrumRequest>> nextSpectrum() const { return first(spectra_); }
    /// The job to work on: that of the lowest slot. Null when none waits.
    Job* nextJob() { return jobs_.empty() ? nullptr : &jobs_.begin()->second; }
    void dropJob(int slot) { jobs_.erase(slot); }
    void drop(const SpectrumRequest& request) { spectra_.erase(request.tuned); }

    bool empty() const { return columns_.empty() && spectra_.empty() && jobs_.empty() && !trajectory && !originalFid; }
    void clear() { *this = {}; }

    std::optional<int> originalFid;  ///< number of images
    std::optional<Wanted<TrajectoryRequest>> trajectory;

private:
    template <typename Request>
    static std::optional<Wanted<Request>> first(const std::map<bool, Wanted<Request>>& boxes) {
        if (boxes.empty()) return std::nullopt;
        return boxes.begin()->second;
    }

    std::map<int, Column> columns_;                    // by slot
    std::map<bool, Wanted<SpectrumRequest>> spectra_;  // by `tuned`
    std::map<int, Job> jobs_;                          // by slot
};

}  // namespace thaw

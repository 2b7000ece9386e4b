// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

namespace thaw {

/// When a run is saved. A snapshot is due every so many kimg and stays in the run folder. In between a safeguard, whose
/// place the next save takes, is due after the first step and then by time, so that a run that is killed loses minutes:
///
///     max(kSafeguardSeconds, seconds of the last save / kShareOfTime)
///
/// after the last save, so that saving takes 5 % of the time at most. Has no clock of its own: `seconds` count from any moment.
class SaveSchedule {
public:
    static constexpr double kSafeguardSeconds = 120;
    static constexpr double kShareOfTime = 0.05;
    enum class Save { None, Safeguard, Snapshot };

    SaveSchedule() = default;
    /// `everyKimg` = 0: no snapshots but the last. A run that goes on is saved already; its clock starts at `seconds`.
    static SaveSchedule ofNewRun(double everyKimg) { return SaveSchedule(everyKimg, 0, {}); }
    static SaveSchedule ofResumedRun(double everyKimg, double kimg, double seconds) {
        return SaveSchedule(everyKimg, kimg, seconds);
    }

    Save due(double kimg, double seconds) const;
    /// `took`: seconds that writing it took.
    void saved(Save kind, double kimg, double seconds, double took);

private:
    SaveSchedule(double everyKimg, double kimg, std::optional<double> seconds)
        : everyKimg_(everyKimg), snapshotKimg_(kimg), savedKimg_(kimg), savedAt_(seconds) {}

    double everyKimg_ = 0, snapshotKimg_ = 0, savedKimg_ = 0, took_ = 0;
    std::optional<double> savedAt_;
};

}  // namespace thaw

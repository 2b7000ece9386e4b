// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace thaw {

/// A run of EDM pre-training with its folder: configuration and data, a line in stats.jsonl every 50 steps, snapshots. One
/// step a call; not thread-safe. All functions throw Error.
class Pretraining {
public:
    /// Reads the data. Throws Configuration naming every problem of the settings, and what openData throws.
    /// `compute` says the precision only where `config` leaves it open.
    Pretraining(const PretrainConfig& config, const std::string& data, const DatasetOptions& options,
                const ComputeOptions& compute, const Progress& progress = {});
    ~Pretraining();

    /// Into exactly this folder, which must not exist or be empty: writes config.json and data.json.
    void startIn(const std::string& runFolder);
    /// Goes on with the run in that folder: in the same environment (RunEnvironment) bit for bit on the CPU. Throws
    /// OtherInput where the data or the precision are others than the run's own, unless `anyway`.
    void resume(const std::string& runFolder, bool anyway = false);
    /// What is to be said of the resume, as TrainingRun::notes.
    const std::vector<std::string>& notes() const;
    /// What went wrong beside the run and does not end it, as TrainingRun::takeRemark.
    std::string takeRemark();

    const DataSummary& data() const;
    std::string computeTitle() const;

    /// The mean denoising loss of the newest step whose loss is known (Pretrainer::step). Throws Diverged where it is not
    /// finite.
    std::optional<double> step();
    void settle();                ///< waits for the loss of the last step
    std::int64_t images() const;  ///< seen so far, before a resume too
    std::int64_t steps() const;   ///< ..., likewise
    const std::string& folder() const;
    const PretrainConfig& config() const;
    /// Another learning rate from the next step on (Pretrainer::setRate); logged as an event, and kept by a resume.
    void setRate(double rate);
    bool complete() const;
    bool snapshotDue() const;  ///< a snapshot, or the safeguard in between, as of TrainingRun
    void saveSnapshot();
    void saveWhatIsDue();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace thaw

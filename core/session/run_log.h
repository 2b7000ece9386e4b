// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/tensorboard_file.h"
#include "core/values/train_state.h"

#include <cstdint>
#include <optional>
#include <string>

namespace thaw {

/// What a run tells as it goes: a line each in its stats.jsonl (RunStats reads them), and the same numbers in TensorBoard's
/// file where its user asks for that. Throws FileMissing where stats.jsonl cannot be written; TensorBoard's file never throws.
class RunLog {
public:
    RunLog() = default;  ///< tells nobody: of a process that is not the first of its job
    /// `resumedStep`: steps done where the run goes on; nothing for a new one.
    RunLog(const std::string& runFolder, bool tensorboard, std::optional<std::int64_t> resumedStep);

    void step(const StepMetrics& metrics);
    /// Of pre-training: the mean loss since the line before.
    void pretrainingStep(const StepMetrics& metrics, double learningRate, double seconds);
    void distance(const FidPoint& point, std::int64_t step);
    void freeze(const std::string& plan, std::int64_t step);
    void rates(std::optional<double> g, std::optional<double> d, std::int64_t step);
    void resumed(std::int64_t step, double kimg, std::optional<int> microBatch);
    /// The run ends, or is left: `finished`, `suspended`, ...
    void ended(const std::string& how, std::int64_t step);

    /// Why TensorBoard's file is not written any more, once (TensorboardFile::takeFault).
    std::string takeFault() { return tensorboard_.takeFault(); }

private:
    std::string folder_;
    TensorboardFile tensorboard_;
};

}  // namespace thaw

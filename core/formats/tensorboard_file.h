// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/tensorboard_events.h"
#include "core/values/train_state.h"

#include <cstdint>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thaw {

/// The event file of a run for TensorBoard, beside its stats.jsonl:
///
///     RUN/events.out.tfevents.<seconds since 1970>.<machine>.<process>.thaw
///
/// A run that goes on has one more file, whose name sorts behind the others, since TensorBoard reads the files of a folder in
/// that order; the session that its second record begins takes back what was logged after the step from which the run went
/// on. Every record is flushed. Nothing here throws and nothing ends a run: the first fault is kept for takeFault, and nothing is written after it.
class TensorboardFile {
public:
    TensorboardFile() = default;
    /// `resumedStep`: steps done where a run goes on; nothing for a new one. TensorBoard forgets what is later.
    TensorboardFile(const std::string& runFolder, std::optional<std::int64_t> resumedStep);

    /// Numbers that are not finite are left out, and so is an event without any.
    void add(std::int64_t step, const std::vector<EventScalar>& scalars);
    void addText(std::int64_t step, std::string_view tag, std::string_view text);

    const std::string& path() const { return path_; }  ///< empty where no file was asked for
    /// Why the file is not written any more, in a sentence with what to do; once, and empty otherwise.
    std::string takeFault();

private:
    void write(std::string_view payload);

    std::string path_;
    std::ofstream stream_;
    bool failed_ = false;
    std::string fault_;  // not taken yet
};

/// The numbers of a step under their tags: StepField::tag, `Augmentation/p`, `Progress/...`, `Calls/...`, and each block's
/// gradient norm as `Gradient/blocks/<name>` where `withBlocks`.
/// Of pre-training (StepMetrics::loss) the loss alone.
std::vector<EventScalar> scalarsOf(const StepMetrics& metrics, bool withBlocks);
/// `Distance/FD` (or FID, FWD: measureName), its companions and the bands of a wavelet distance.
std::vector<EventScalar> scalarsOf(const FidPoint& point);

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/run_stats.h"

#include <string>

namespace thaw {

/// Curves of runs of the Python programs EDM, D2O and StyleGAN2-ADA/3, which log alike, read-only. A line of `stats.jsonl`
/// is an object of means since the line before,
///
///     {"Progress/tick": {"num": 1, "mean": 3, "std": 0}, "Progress/kimg": {...}, "Loss/G/loss": {...}, "timestamp": 1.6e9}
///
/// and a line of `metric-fid50k_full.jsonl`, which those write that measure on the way, is one measurement of a snapshot,
///
///     {"results": {"fid50k_full": 5.5}, "metric": "fid50k_full", "snapshot_pkl": "network-snapshot-000200.pkl", ...}
///
/// whose name says the thousand images. Written from a description of these lines, without a log of the programs at hand;
/// their r1_penalty is taken for |∇D|² before gamma, as ours is, which has not been compared.
///
/// | key, whatever its case and with _ for / | StepMetrics |
/// |---|---|
/// | Progress/kimg, Progress/tick, Progress/augment | kimg, step, augmentP |
/// | Loss/loss | loss |
/// | Loss/G/loss, Loss/D/loss | gLoss, dLoss |
/// | Loss/scores/real and fake, Loss/signs/real and fake | realLogit, fakeLogit, realSign, fakeSign |
/// | Loss/r1_penalty | r1 |
///
/// The mean is taken; a run of ours has no place for the number and the deviation. FID is that of the log's own Inception
/// features (MeasureKind::Inception) and of one metric alone, `fid50k_full` where there are several; a kernel distance
/// (`kid50k_full`) goes to the FID of the same snapshot. Everything else is named in RunStats::notes.

/// Whether this is such a log, or a folder with one, by the beginning of its first line. Never a run folder of ours.
bool isImportedLog(const std::string& path);

/// A folder's stats.jsonl with all its metric-*.jsonl, or one of those files alone. Points where the log has NaN are left
/// out; an unfinished last line is forgiven, and where the log goes back to fewer images, the later lines hold. Throws
/// WrongKind (nothing in it), FileDamaged naming file and line: no JSON, no Progress/kimg, a number that cannot be one.
RunStats readImportedLog(const std::string& path);

}  // namespace thaw

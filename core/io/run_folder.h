// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace thaw {

/// A run folder holds config.json, stats.jsonl (one JSON object a line), `ema-NNNNNNNN.safetensors` (model files named by
/// images seen), `best.safetensors` (the one with the lowest distance), `fakes-NNNNNNNN.png` (its samples of fixed seeds)
/// and `state.safetensors` (everything a resume needs).
/// Nothing here ever overwrites another run's folder.

/// Creates `parent/0000-label`, the next free number, and returns its path. Throws FileMissing when it cannot.
std::string createNumberedRun(const std::string& parent, const std::string& label);

/// Creates exactly this folder. Throws Configuration when it exists and is not empty.
void claimRunFolder(const std::string& path);

/// Appends one line to stats.jsonl and flushes it.
void appendStats(const std::string& runFolder, const std::string& jsonLine);

/// `ema-00012800.safetensors` for 12,800 images.
std::string snapshotName(std::int64_t images);
/// `fakes-00012800.png`
std::string gridName(std::int64_t images);
constexpr const char* kBestSnapshot = "best.safetensors";
/// The newest EMA snapshot of a run folder. Throws WrongKind when there is none.
std::string newestSnapshot(const std::string& runFolder);
/// Deletes the EMA snapshot `replaced`, unless that is `written`; empty = none.
void dropReplaced(const std::string& runFolder, const std::string& replaced, const std::string& written);
/// Deletes all but the newest `keep` EMA snapshots.
void rotateSnapshots(const std::string& runFolder, int keep);

}  // namespace thaw

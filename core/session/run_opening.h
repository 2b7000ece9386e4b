// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/opened_run.h"
#include "core/values/progress.h"

#include <optional>
#include <string>

namespace thaw {

class OpenFiles;

/// The folder of the fine-tuning run that a path means: the path itself, or the folder around one of its snapshots
/// (`ema-*.safetensors`, `best.safetensors`). Empty for anything else, a pre-training and a snapshot without its run among it.
std::string finetuningRunOf(const std::string& path);

/// Opens a run of fine-tuning to be looked at: its teacher as the model, the snapshot that `path` names (of a folder the
/// newest) as the tuned generator, and the run's own data where others are open. Replaces what openModel replaces.
///
/// The teacher is looked for where it was, in the open model, and under its name beside the run folder; it has to have the
/// recorded checksum. `teacher` names another file, which is taken whatever its checksum. Where none is found the snapshot
/// is opened as the model it is, and the answer says why.
///
/// A run that goes on takes its old snapshots away: where one vanishes while it is opened, or is not there any more, the next
/// newest is taken. Before its first one the teacher alone is opened, where it is found, and `snapshot` is empty.
///
/// Throws what openModel throws, Configuration while a run is going, and WrongKind for a chosen teacher that makes images of
/// another shape; what was open stays open then. Data that cannot be opened are no failure, but the answer says so.
OpenedRun openRun(OpenFiles& files, const std::string& path, const std::string& teacher = {},
                  const Progress& progress = {});

/// Puts the newest snapshot of a run that is looked at in place of the one that is shown, its first one too; model and data stay.
/// Nothing where that one is shown already, where another model than the run's teacher is open, or a run was trained since. Throws what openModel throws,
/// and Configuration while a run is going; what was shown stays then.
std::optional<OpenedRun> renewRun(OpenFiles& files, const OpenedRun& shown, const Progress& progress = {});

/// A folder of pre-training that has no snapshot yet: there is nothing of it that could be opened.
bool isPretrainingWithoutSnapshot(const std::string& path);

}  // namespace thaw

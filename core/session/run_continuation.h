// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/resume_options.h"
#include "core/values/run_record.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace thaw {

class OpenFiles;
struct ComputeDevice;
struct Dataset;

/// What to open as the run's model: the very file it was made from where it lies in a run folder that may have gone on.
std::string modelToOpen(const RunRecord& record);

/// Whether the open data are the run's own: of the same path and the same choice of images, or of the same checksum.
bool isOpenDataOf(OpenFiles& files, const RunRecord& record);

/// What has to be opened for a run to go on; absent where what is open is the run's own already: of the same path or checksum.
struct RunSources {
    std::optional<std::string> model, data;
    DatasetOptions options;  ///< of the data
};
RunSources sourcesToOpen(OpenFiles& files, const std::string& runFolder);

/// `now` with a checksum of the data that is taken of the same as that of `then`: runs of older versions have one of the
/// images alone.
RunRecord comparable(RunRecord now, const RunRecord& then, const Dataset& data);

/// Number type and threads of a run that goes on: those asked for, else those it was made with, else those of `compute`.
ComputeDevice resumedCompute(ComputeDevice compute, const RunRecord& then, Precision configured,
                             const ResumeOptions& options);

/// Compares a run with its continuation. Returns what is to be said, in sentences: where "bit for bit" ends, what could not
/// be checked, and with `anyway` what is another. Throws OtherInput where model, data or precision are others than the run
/// was made with, naming both.
std::vector<std::string> checkContinuation(const RunRecord& then, const RunRecord& now, bool anyway);

/// Notes in the folder's record where the run went on with something else; nothing where all is the same.
void recordContinuation(const std::string& folder, const RunRecord& then, const RunRecord& now, std::int64_t step,
                        double kimg);

}  // namespace thaw

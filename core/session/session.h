// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/open_files.h"
#include "core/session/training_run.h"
#include "core/values/run_record.h"

#include <memory>
#include <string>

namespace thaw {

class Processes;

/// Where and how to compute.
struct ComputeOptions {
    std::string device = "auto";  ///< `auto`, `cpu`, `cuda`, `cuda:1`
    Precision precision = Precision::Auto;
    int threads = 0;        ///< CPU threads, 0 = all cores
    std::string resources;  ///< folder of the embedded model; empty = where the program was built or installed
    std::shared_ptr<Processes> processes = {};  ///< that share the work, see joinJob; none = this one alone
};

/// The open work: what is open, and the run on it. Headless; the window and the command line call the same functions. Not
/// thread-safe: everything, construction and destruction too, happens on one compute thread. No torch type appears here,
/// so that callers need no torch header. All functions throw Error.
class Session {
public:
    explicit Session(const ComputeOptions& options = {});

    /// A Session with nothing open that computes where and how this one does, on the same thread. The number of CPU threads,
    /// which holds for the whole process, is not set a second time.
    std::unique_ptr<Session> another() const;

    /// e.g. "CPU, 2 threads, bf16"; of the run while one is going, whose precision and threads are its own.
    std::string computeTitle() const;
    RunEnvironment computing() const;

    /// What a run with `Precision::Auto` records.
    RunEnvironment environment() const;

    OpenFiles& files() { return files_; }
    const OpenFiles& files() const { return files_; }
    TrainingRun& run() { return run_; }
    const TrainingRun& run() const { return run_; }

    /// Lets go of everything that can be made again (models beside the open one, measured references, the allocators'
    /// caches; on CUDA the cache of freed blocks, most of which are activations of training). Returns the MiB that the
    /// system has back: resident memory, and device memory where it can be asked for. The next step is the same bit for bit.
    double releaseMemory();

private:
    explicit Session(const ComputeDevice& compute);

    OpenFiles files_;
    TrainingRun run_;  // works on the files, so it goes before them
};

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace thaw {

/// Which of several processes of one job this is, as a launcher says in environment variables: torchrun (RANK, WORLD_SIZE,
/// LOCAL_RANK, MASTER_ADDR, MASTER_PORT), or srun (SLURM_PROCID, SLURM_STEP_NUM_TASKS, SLURM_LOCALID, and the two MASTER_
/// variables set by the user).
struct ProcessPlace {
    int rank = 0;       ///< 0 .. size-1; 0 alone writes files
    int size = 1;       ///< processes of the job, on all machines
    int localRank = 0;  ///< among those of this machine: the number of its GPU
    std::string host = "127.0.0.1";
    int port = 29500;  ///< where process 0 listens while the others find it
    int restarts = 0;  ///< how often the launcher has started the job again after a process was lost
};

/// The value of an environment variable; null where it is not set.
using EnvironmentVariable = std::function<const char*(const char* name)>;

/// Nothing where no launcher speaks: WORLD_SIZE is not set, and under srun MASTER_ADDR is not, so that each task works by
/// itself. Under torchrun MASTER_PORT belongs to the launcher's own store, whose language depends on its version; process 0
/// listens on the port after it. Throws Usage for a variable that is missing or no such number, naming it.
std::optional<ProcessPlace> processPlaceOf(const EnvironmentVariable& variable);

/// Rows first .. last-1 of a batch.
struct Rows {
    std::int64_t first = 0, last = 0;
    std::int64_t count() const { return last - first; }
    bool operator==(const Rows&) const = default;
};

/// The part of n rows that process `rank` of `size` works on: parts follow each other, and differ by one row at most.
inline Rows rowsOfProcess(std::int64_t n, int rank, int size) { return {n * rank / size, n * (rank + 1) / size}; }

}  // namespace thaw

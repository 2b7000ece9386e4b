// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/running_mark.h"
#include "core/values/steering.h"

#include <optional>
#include <string>
#include <vector>

namespace thaw {

// How a run is steered from another process: by files in its folder, so that it works wherever the folder can be written,
// also over NFS and sshfs, without a port and without a service.
//
//     RUN/status.json               what the run's process says of it, replaced whole
//     RUN/control/ORDER-ID.json     one request a file; ORDER: digits, milliseconds since 1970 by the clock of who asks
//
// `running` beside them says whether that process lives (running_mark.h). The folder `control` is made by the run's process
// for its user alone (mode 0700) and goes with the end of the run. A request is written under another name and renamed, so
// that no half of one is ever seen. It is taken when it is a regular file of the run's own user, writable by nobody else, of
// at most kLargestRequest bytes; what is not is refused in the answer. It is deleted before it is done, so that it is done
// once or, where the process is killed in between, not at all. Answers stand in the status.

inline constexpr std::size_t kLargestRequest = 64 << 10;  // bytes

/// A request as it was found; without a request `fault` says in a sentence why there is none.
struct TakenRequest {
    std::string id;
    std::optional<SteeringRequest> request;
    std::string fault;
};

// The run's side; its process holds the RunLock.

/// Makes the folder `control`, for the process's user alone, and empties it: what was asked of an earlier process is void. Throws
/// FileMissing where it cannot be made, WrongKind where something else or another user's folder is in its place.
void openControl(const std::string& runFolder);
/// Everything that was asked, in order; the files are gone. Empty where nothing can be read.
std::vector<TakenRequest> takeRequests(const std::string& runFolder);
/// Removes the folder `control`, and what is left in it.
void closeControl(const std::string& runFolder);
/// Replaces status.json; false where it cannot be written. Not forced to the disk: it is of no use after a crash.
bool writeStatus(const std::string& runFolder, const RunStatus& status);

// The other side.

/// The status as it was written last, by whatever process; nothing where there is none.
std::optional<RunStatus> readStatus(const std::string& runFolder);

/// A run as one who looks on finds it.
struct LastWord {
    std::optional<RunStatus> status;        ///< the last word, also of a process that is gone
    std::optional<WritingProcess> process;  ///< that writes the folder now
    bool isFresh = false;                   ///< the word is of that process
};
LastWord lastWordOf(const std::string& runFolder);

/// A new id; another one each time.
std::string newRequestId();
/// Leaves a request for the run's process; its id, host and time are filled in where they are empty. Throws FileMissing
/// where the folder `control` is not there or belongs to another user, Configuration for a request that no run would take.
void putRequest(const std::string& runFolder, SteeringRequest& request);
/// The request with that id lies there and has not been taken.
bool isWaiting(const std::string& runFolder, const std::string& id);
/// Takes it back; false where it has been taken, or was never there.
bool withdrawRequest(const std::string& runFolder, const std::string& id);

/// Now, `2024-05-17T09:30:00Z`.
std::string utcNow();

}  // namespace thaw

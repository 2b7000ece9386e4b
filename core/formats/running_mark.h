// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace thaw {

/// While a run goes on, its folder holds a file `running`, a line with the number and the machine of its process, and the
/// process holds a lock (flock) on that file. The lock ends with the process, however it ends, so that
///
///     lock held                    a living process writes the folder: a second one is refused
///     file there, no lock held     its process was killed: an interrupted run, which may go on
///     no file                      the run ended
///
/// Over NFS the kernel passes the lock on to the server, so this holds between machines too, unless the folder is mounted
/// with local locks (nolock, local_lock). There, over sshfs, where a file system has no locks, and for marks of versions
/// before the lock, the number of the process decides on its own machine, and a mark of another machine is taken as alive.

/// Keeps a run folder for this process.
class RunLock {
public:
    RunLock() = default;  ///< keeps nothing
    /// Throws Configuration, with the process that is in the way, where one writes the folder. A folder that cannot be written
    /// is not refused here.
    explicit RunLock(const std::string& runFolder);
    /// Gives the folder free and leaves the file as it was before, or, after markBegun, as that of an interrupted run.
    ~RunLock();
    RunLock(RunLock&& other) noexcept { *this = static_cast<RunLock&&>(other); }
    RunLock& operator=(RunLock&& other) noexcept;

    /// The run is under way: without end() it counts as interrupted.
    void markBegun() { begun_ = true; }
    /// The run has ended and has said so: the file goes.
    void end();
    /// The run was left while it went on, and saved: free, and interrupted, although this process lives.
    void suspend();

    /// A sentence where the file was left by a process that is gone.
    const std::string& note() const { return note_; }

private:
    void release();

    int descriptor_ = -1;
    bool begun_ = false;
    std::string file_, before_, note_;
};

/// Throws as RunLock does, and keeps nothing: for a refusal before long work.
void requireIdleRun(const std::string& runFolder);

/// A process that writes a folder; 0 and empty where it did not say.
struct WritingProcess {
    long number = 0;
    std::string host;
};
/// The living process that writes the folder, this one or another; nothing where none does.
std::optional<WritingProcess> writingProcess(const std::string& runFolder);
bool isRunning(const std::string& runFolder);

/// The name by which processes and notes say where they are; "unknown" where the machine has none.
std::string machineName();
/// What a folder's mark says, to one who only looks.
struct RunningMark {
    enum class Holder {
        None,       ///< there is no mark: the run has ended, or never began
        Alive,      ///< a living process writes the folder
        Unsure,     ///< a process of another machine, and nothing here can tell whether it lives
        Gone,       ///< its process is gone
        Suspended,  ///< it was left while it went on, and saved
    };
    Holder holder = Holder::None;
    long process = 0;  ///< its number; 0 where the mark does not say
    std::string host;
    bool own = false;        ///< it is this process
    std::int64_t since = 0;  ///< when it took the folder, seconds since 1970
};
RunningMark runningMark(const std::string& runFolder);

/// A fine-tuning run that was suspended, or whose process is gone and left the file behind, with a state to go on from.
bool wasInterrupted(const std::string& runFolder);

}  // namespace thaw

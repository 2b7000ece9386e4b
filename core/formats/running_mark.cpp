// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/running_mark.h"

#include "core/formats/lock_reach.h"
#include "core/formats/open_file.h"
#include "core/values/error.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <thread>
#include <utility>

namespace thaw {
namespace {

namespace fs = std::filesystem;

constexpr int kTries = 5;  // the lock may be held for a moment by somebody who only looks
constexpr auto kBetweenTries = std::chrono::milliseconds(20);
constexpr const char* kLockedWord = "locked";
constexpr const char* kSuspended = "suspended\n";  // in place of a process

std::string markOf(const std::string& runFolder) { return (fs::path(runFolder) / "running").string(); }

/// What the file says of its process.
struct Holder {
    long number = 0;
    std::string host;
    bool locked = false;  // it had the lock, so the lock alone decides
};

std::optional<Holder> holderOf(const std::string& text) {
    std::istringstream words(text);
    Holder holder;
    std::string lock;
    if (!(words >> holder.number) || holder.number <= 0) return {};
    words >> holder.host >> lock;
    holder.locked = lock == kLockedWord;
    return holder;
}

std::string nameOf(const std::optional<Holder>& holder) {
    if (!holder) return "another process";
    return "the process " + std::to_string(holder->number) +
           (holder->host == machineName() ? "" : " on the machine '" + holder->host + "'");
}

// A number is given again after its process; only a Thaw can be the one that left it.
bool isThaw(long number) {
    std::ifstream file("/proc/" + std::to_string(number) + "/comm");
    std::string name;
    return !std::getline(file, name) || name.find("thaw") != std::string::npos;
}

bool seemsAlive(const Holder& holder) {
    if (holder.host != machineName()) return true;
    if (holder.number == long(getpid())) return false;
    return (kill(pid_t(holder.number), 0) == 0 || errno == EPERM) && isThaw(holder.number);
}

std::string contentOf(int descriptor) {
    char text[512];
    const auto count = ::pread(descriptor, text, sizeof text, 0);
    return count > 0 ? std::string(text, std::size_t(count)) : std::string();
}

void setContent(int descriptor, const std::string& text) {
    // Best effort: the lock is what counts.
    if (::ftruncate(descriptor, 0) == 0 && ::pwrite(descriptor, text.data(), text.size(), 0) >= 0) ::fsync(descriptor);
}

enum class Lock { Got, Taken, Unknown };  // Unknown: this file system has none, or none that other machines see

Lock tryLock(int descriptor, int kind) {
    for (int tries = 0; tries < kTries; ++tries) {
        if (tries > 0) std::this_thread::sleep_for(kBetweenTries);
        if (::flock(descriptor, kind | LOCK_NB) == 0) return lockStaysHere(descriptor) ? Lock::Unknown : Lock::Got;
        if (errno != EWOULDBLOCK && errno != EINTR) return Lock::Unknown;
    }
    return Lock::Taken;
}

bool isStill(int descriptor, const std::string& file) {
    struct stat open {
    }, there{};
    return ::fstat(descriptor, &open) == 0 && ::stat(file.c_str(), &there) == 0 && open.st_ino == there.st_ino &&
           open.st_dev == there.st_dev;
}

bool isHeld(const std::optional<Holder>& holder, Lock lock) {
    if (lock == Lock::Taken) return true;
    if (!holder || (holder->locked && lock == Lock::Got)) return false;
    return seemsAlive(*holder);
}

[[noreturn]] void refuseBusy(const std::string& runFolder, const std::optional<Holder>& holder, Lock lock) {
    const bool unsure = lock != Lock::Taken && holder && holder->host != machineName();
    throw Error(ErrorCode::Configuration,
                "'" + runFolder + "' is being written by " + nameOf(holder) + "; two would destroy it.",
                unsure ? "Wait until it has ended. If it is gone, delete the file '" + markOf(runFolder) + "'."
                       : "Wait until it has ended, or stop it: it saves the run first. Or choose another folder.");
}

/// A mark as somebody finds it who does not want the folder.
struct SeenMark {
    std::optional<Holder> holder;
    bool suspended = false;
    Lock lock = Lock::Unknown;
    std::int64_t since = 0;
};

std::optional<SeenMark> lookAt(const std::string& runFolder) {
    const OpenFile file(::open(markOf(runFolder).c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number < 0) return {};
    const auto lock = tryLock(file.number, LOCK_SH);
    const auto text = contentOf(file.number);
    struct stat info {};
    const auto since = ::fstat(file.number, &info) == 0 ? std::int64_t(info.st_mtime) : 0;
    return SeenMark{holderOf(text), text == kSuspended, lock, since};
}

}  // namespace

RunLock::RunLock(const std::string& runFolder) : file_(markOf(runFolder)) {
    while (true) {
        OpenFile file(::open(file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
        if (file.number < 0) return;
        const auto lock = tryLock(file.number, LOCK_EX);
        before_ = contentOf(file.number);
        const auto holder = holderOf(before_);
        if (isHeld(holder, lock)) refuseBusy(runFolder, holder, lock);
        // Whoever ended meanwhile has taken the file away; the next one has to be a new file.
        if (lock == Lock::Got && !isStill(file.number, file_)) continue;
        if (holder)
            note_ = "The run was left unfinished by " + nameOf(holder) +
                    ", which is gone; it goes on from its last snapshot.";
        setContent(file.number, std::to_string(long(getpid())) + ' ' + machineName() +
                                    (lock == Lock::Got ? std::string(" ") + kLockedWord : "") + '\n');
        descriptor_ = std::exchange(file.number, -1);
        return;
    }
}

RunLock::~RunLock() { release(); }

RunLock& RunLock::operator=(RunLock&& other) noexcept {
    if (this == &other) return *this;
    release();
    descriptor_ = std::exchange(other.descriptor_, -1);
    begun_ = std::exchange(other.begun_, false);
    file_ = std::move(other.file_);
    before_ = std::move(other.before_);
    note_ = std::move(other.note_);
    return *this;
}

void RunLock::release() {
    if (descriptor_ < 0) return;
    if (!begun_ && before_.empty()) ::unlink(file_.c_str());
    else if (!begun_) setContent(descriptor_, before_);
    ::close(std::exchange(descriptor_, -1));
    begun_ = false;
}

void RunLock::end() {
    if (descriptor_ < 0) return;
    ::unlink(file_.c_str());
    ::close(std::exchange(descriptor_, -1));
    begun_ = false;
}

void RunLock::suspend() {
    before_ = kSuspended;
    begun_ = false;
    release();
}

void requireIdleRun(const std::string& runFolder) {
    if (const auto mark = lookAt(runFolder); mark && isHeld(mark->holder, mark->lock))
        refuseBusy(runFolder, mark->holder, mark->lock);
}

std::string machineName() {
    char name[256] = {};
    return gethostname(name, sizeof name - 1) == 0 && name[0] ? name : "unknown";
}

std::optional<WritingProcess> writingProcess(const std::string& runFolder) {
    const auto mark = lookAt(runFolder);
    if (!mark || !isHeld(mark->holder, mark->lock)) return {};
    return mark->holder ? WritingProcess{mark->holder->number, mark->holder->host} : WritingProcess{};
}

bool isRunning(const std::string& runFolder) { return writingProcess(runFolder).has_value(); }

RunningMark runningMark(const std::string& runFolder) {
    using Holder = RunningMark::Holder;
    const auto seen = lookAt(runFolder);
    if (!seen) return {};
    RunningMark mark;
    mark.since = seen->since;
    if (seen->holder) {
        mark.process = seen->holder->number;
        mark.host = seen->holder->host;
        mark.own = mark.process == long(getpid()) && mark.host == machineName();
    }
    const bool held = isHeld(seen->holder, seen->lock);
    const bool elsewhere = seen->holder && mark.host != machineName();
    if (held) mark.holder = elsewhere && seen->lock != Lock::Taken ? Holder::Unsure : Holder::Alive;
    else mark.holder = seen->suspended ? Holder::Suspended : seen->holder ? Holder::Gone : Holder::None;
    mark.own = mark.own && held;
    return mark;
}

bool wasInterrupted(const std::string& runFolder) {
    const fs::path folder(runFolder);
    std::error_code ignored;
    const bool finetuning = !fs::exists(folder / "data.json", ignored);  // a pre-training has its record there
    if (!finetuning || !fs::exists(folder / "state.safetensors", ignored)) return false;
    const auto mark = lookAt(runFolder);
    return mark && (mark->holder || mark->suspended) && !isHeld(mark->holder, mark->lock);
}

}  // namespace thaw

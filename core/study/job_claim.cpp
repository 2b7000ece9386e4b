// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/job_claim.h"

#include "core/values/error.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>

namespace thaw {

std::optional<JobClaim> JobClaim::take(const std::string& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (descriptor < 0)
        throw Error(ErrorCode::FileMissing, "'" + file + "' cannot be written: " + std::strerror(errno) + ".",
                    "Free some space, or choose a folder that can be written.");
    JobClaim claim(descriptor, file);
    // Where there are no locks at all, every process does what it finds.
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        claim.file_.clear();
        return {};
    }
    // Whoever had it before has taken the file away: the lock is on one that nobody else will find.
    struct stat open {
    }, there{};
    if (::fstat(descriptor, &open) != 0 || ::stat(file.c_str(), &there) != 0 || open.st_ino != there.st_ino) {
        claim.file_.clear();
        return {};
    }
    return claim;
}

JobClaim::~JobClaim() {
    if (descriptor_ < 0) return;
    if (!file_.empty()) ::unlink(file_.c_str());
    ::close(descriptor_);
}

}  // namespace thaw

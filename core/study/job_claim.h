// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <utility>

namespace thaw {

/// A job of a study that this process works on, so that others on the same folder take other ones: a lock (flock) on a file
/// beside its result, which ends with the process however it ends. Where a file system keeps locks to one machine, two
/// machines may do one job twice, and both come to the same result.
class JobClaim {
public:
    /// Nothing where another process works on it. Throws FileMissing where the file cannot be written.
    static std::optional<JobClaim> take(const std::string& file);
    ~JobClaim();
    JobClaim(JobClaim&& other) noexcept
        : descriptor_(std::exchange(other.descriptor_, -1)), file_(std::move(other.file_)) {}
    JobClaim& operator=(JobClaim&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        std::swap(file_, other.file_);
        return *this;
    }

private:
    JobClaim(int descriptor, std::string file) : descriptor_(descriptor), file_(std::move(file)) {}
    int descriptor_;
    std::string file_;
};

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/run_stats.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace thaw {

/// Where what is new in a RunStats begins, since the time before.
struct StatsNews {
    bool rewritten = false;  ///< something that was there is there no more: all of it is to be taken anew
    std::size_t steps = 0, fids = 0, events = 0;  ///< the first new one of each
    bool any = false;                             ///< there is something new, or it was rewritten

    bool operator==(const StatsNews&) const = default;
};

/// Follows the stats.jsonl of a run that another process writes: reads only what was appended since the last time. After
/// each call `stats()` is what readRunStats would give now, whatever the pieces in which the file grew; but where that
/// throws because nothing is logged yet, it is empty.
///
/// The file begins anew where it is another one (device and inode), where it is shorter than what was read, and where the
/// bytes at its beginning or before the place of reading are others than they were. A last line without its end waits until
/// it is whole, and counts from then on (a JSON object is no beginning of another one); that it is cut off again, as one who
/// resumes does, is no new beginning.
///
/// A plain value: it may be handed from one thread to another.
class StatsFollower {
public:
    explicit StatsFollower(std::string runFolder) : folder_(std::move(runFolder)) {}

    /// Throws FileMissing where a file that was there is gone or cannot be read, and FileDamaged, with the line, for a whole
    /// line that is none; `stats()` keeps what came before it, and the next call tries again from there.
    StatsNews advance();
    const RunStats& stats() const { return stats_; }
    /// What is new, alone; with a `rewritten` everything.
    RunStats added(const StatsNews& news) const;

private:
    void read(int descriptor, std::int64_t size);
    bool isSameFile(int descriptor, std::int64_t size) const;
    void remember(int descriptor);
    std::size_t takeLines(const std::string& text);
    StatsNews takeNews();

    std::string folder_;
    RunStats stats_;
    std::uint64_t device_ = 0, inode_ = 0;
    std::int64_t position_ = 0;  // behind the last line that was taken
    std::int64_t lines_ = 0;     // whole ones before it
    bool isOpenLine_ = false;    // the last line that was taken has no end yet
    StatsNews news_;             // since the last call that returned
    std::string head_, tail_;    // of the file, and before the position
};

}  // namespace thaw

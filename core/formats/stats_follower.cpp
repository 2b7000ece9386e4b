// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/stats_follower.h"

#include "core/formats/run_stats_file.h"
#include "core/formats/stats_line.h"
#include "core/values/error.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <filesystem>

namespace thaw {
namespace {

constexpr std::int64_t kHead = 64, kTail = 256;  // bytes that are compared
constexpr std::int64_t kPiece = 1 << 20;         // read at a time

/// Closes the file with this.
struct LogFile {
    int descriptor;
    explicit LogFile(const std::string& path) : descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
    ~LogFile() {
        if (descriptor >= 0) ::close(descriptor);
    }
    LogFile(const LogFile&) = delete;
    LogFile& operator=(const LogFile&) = delete;
};

// Fewer bytes where the file ends, or cannot be read any further.
std::string bytesAt(int descriptor, std::int64_t from, std::int64_t count) {
    std::string bytes(std::size_t(std::max<std::int64_t>(count, 0)), '\0');
    std::size_t got = 0;
    while (got < bytes.size()) {
        const auto more = ::pread(descriptor, bytes.data() + got, bytes.size() - got, from + std::int64_t(got));
        if (more <= 0) break;
        got += std::size_t(more);
    }
    bytes.resize(got);
    return bytes;
}

bool isBlank(const std::string& text) { return text.find_first_not_of(" \t\r") == std::string::npos; }

std::string logOf(const std::string& runFolder) { return (std::filesystem::path(runFolder) / "stats.jsonl").string(); }

}  // namespace

StatsNews StatsFollower::advance() {
    if (stats_.objective.empty()) stats_.objective = recordedObjective(folder_);
    const auto path = logOf(folder_);
    const LogFile file(path);
    struct stat info {};
    if (file.descriptor < 0 || ::fstat(file.descriptor, &info) != 0) {
        if (position_ == 0) return takeNews();  // not yet there
        throw Error(ErrorCode::FileMissing, "'" + path + "' is gone, or cannot be read any more.",
                    "It is looked for again.");
    }
    const std::int64_t size = info.st_size;
    const bool other = std::uint64_t(info.st_dev) != device_ || std::uint64_t(info.st_ino) != inode_;
    if (position_ > 0 && (other || !isSameFile(file.descriptor, size))) {
        RunStats none;
        none.objective = stats_.objective;
        stats_ = std::move(none);
        position_ = lines_ = 0;
        isOpenLine_ = false;
        news_ = {true, 0, 0, 0, false};
    }
    device_ = std::uint64_t(info.st_dev);
    inode_ = std::uint64_t(info.st_ino);
    const auto before = position_;
    // Where a line is damaged the ones before it have been taken, and are told with the next call that succeeds.
    try {
        read(file.descriptor, size);
    } catch (const Error&) {
        remember(file.descriptor);
        throw;
    }
    if (position_ != before) remember(file.descriptor);
    return takeNews();
}

StatsNews StatsFollower::takeNews() {
    StatsNews news = news_;
    news.any = news.rewritten || stats_.steps.size() > news.steps || stats_.fids.size() > news.fids ||
               stats_.events.size() > news.events;
    news_ = {false, stats_.steps.size(), stats_.fids.size(), stats_.events.size(), false};
    return news;
}

bool StatsFollower::isSameFile(int descriptor, std::int64_t size) const {
    if (size < position_) return false;
    const auto before = std::int64_t(tail_.size());
    return bytesAt(descriptor, 0, std::int64_t(head_.size())) == head_ &&
           bytesAt(descriptor, position_ - before, before) == tail_;
}

void StatsFollower::remember(int descriptor) {
    head_ = bytesAt(descriptor, 0, std::min(kHead, position_));
    const auto before = std::min(kTail, position_);
    tail_ = bytesAt(descriptor, position_ - before, before);
}

// In pieces of whole lines; what is left of a piece is read again with the next one.
void StatsFollower::read(int descriptor, std::int64_t size) {
    std::int64_t piece = kPiece;
    while (position_ < size) {
        const auto wanted = std::min(piece, size - position_);
        const auto text = bytesAt(descriptor, position_, wanted);
        const auto taken = std::int64_t(takeLines(text));
        position_ += taken;
        if (std::int64_t(text.size()) < wanted) return;  // it ends here, or cannot be read
        if (taken > 0) continue;
        if (wanted == size - position_) return;  // half a line
        piece *= 2;
    }
}

// How many bytes of the text were lines, or a last line that is whole but for its end.
std::size_t StatsFollower::takeLines(const std::string& text) {
    std::size_t from = 0;
    const auto take = [&](const std::string& line) {
        const auto done = addStatsLine(stats_, line);
        if (done == StatsLine::TookBack) news_ = {true, 0, 0, 0, false};
        return done != StatsLine::Damaged;
    };
    const auto refuse = [&] {
        position_ += std::int64_t(from);
        throwDamagedStats(logOf(folder_), long(lines_ + 1));
    };
    while (from < text.size()) {
        const auto end = text.find('\n', from);
        const auto line = text.substr(from, end == std::string::npos ? end : end - from);
        if (isOpenLine_) {
            if (!isBlank(line)) refuse();  // two lines in one
            if (end == std::string::npos) return from;
        } else if (end == std::string::npos) {
            if (!take(line)) return from;
            isOpenLine_ = true;
            return text.size();
        } else if (!line.empty() && !take(line)) {
            refuse();
        }
        isOpenLine_ = false;
        ++lines_;
        from = end + 1;
    }
    return from;
}

RunStats StatsFollower::added(const StatsNews& news) const {
    RunStats part;
    part.objective = stats_.objective;
    part.finetune = stats_.finetune;
    part.steps.assign(stats_.steps.begin() + std::ptrdiff_t(news.steps), stats_.steps.end());
    part.fids.assign(stats_.fids.begin() + std::ptrdiff_t(news.fids), stats_.fids.end());
    part.events.assign(stats_.events.begin() + std::ptrdiff_t(news.events), stats_.events.end());
    return part;
}

}  // namespace thaw

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/runs_watch.h"

#include "core/values/error.h"

#include <dirent.h>
#include <sys/stat.h>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

namespace thaw {
namespace {

namespace fs = std::filesystem;

constexpr const char* kNotRuns = "studies";  // a folder of its own within that of the runs

bool isThere(const fs::path& path) {
    std::error_code error;
    return fs::exists(path, error);
}

bool isRunFolder(const fs::path& path) {
    return isThere(path / "config.json") || isThere(path / "stats.jsonl") || isThere(path / "running");
}

bool statOf(const std::string& path, struct stat& info) { return ::stat(path.c_str(), &info) == 0; }

std::int64_t changeOfFolder(const std::string& path) {
    struct stat info {};
    if (!statOf(path, info)) return -1;
#ifdef __APPLE__
    const auto& time = info.st_mtimespec;
#else
    const auto& time = info.st_mtim;
#endif
    return std::int64_t(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

std::string problemOf(const std::string& folder) {
    return "'" + folder + "' cannot be read: " + std::strerror(errno) + ".";
}

}  // namespace

RunsNews RunsWatch::look(const RunsQuery& query) {
    RunsNews news;
    struct stat info {};
    if (!statOf(folder_, info)) {
        news.problem = problemOf(folder_);
        return news;
    }
    // Another file system: it was mounted, or is not any more.
    const bool moved = wasListed_ && std::uint64_t(info.st_dev) != device_;
    if ((query.list || moved || !wasListed_) && !list(news)) return news;
    const auto until = Clock::now() + kLookBudget;
    for (auto& [folder, run] : runs_) {
        const bool shown = query.shown.count(folder) > 0;
        if (query.anew.count(folder) > 0) run.told = false;
        if (shown || run.follower || run.summary.process) follow(folder, run, shown, news);
    }
    for (auto& [folder, run] : runs_) {
        if (!run.due || run.follower) continue;
        if (Clock::now() > until) {
            news.unfinished = true;
            break;
        }
        read(folder, run, news);
    }
    return news;
}

bool RunsWatch::list(RunsNews& news) {
    // What fails is told apart from what is empty.
    DIR* stream = ::opendir(folder_.c_str());
    if (!stream) {
        news.problem = problemOf(folder_);
        return false;
    }
    ::closedir(stream);
    struct stat info {};
    statOf(folder_, info);
    const auto folders = foldersBelow();
    if (folders.empty() && !runs_.empty() && std::uint64_t(info.st_dev) != device_) {
        news.problem = "'" + folder_ + "' is empty: what was mounted there is not any more.";
        return false;
    }
    device_ = std::uint64_t(info.st_dev);
    const std::set<std::string> there(folders.begin(), folders.end());
    std::erase_if(runs_, [&](const auto& entry) { return there.count(entry.first) == 0; });
    for (const auto& folder : folders) {
        const bool isNew = runs_.count(folder) == 0;
        Run& run = runs_[folder];
        const auto changed = changeOfFolder(folder);
        // Thousands of runs that have long ended are read once.
        if (changed != run.changed) run.readings = isNew && !wasListed_ ? 1 : 2;
        run.changed = changed;
        run.due = run.readings > 0;
        if (isNew) run.summary.folder = folder;
    }
    wasListed_ = true;
    news.folders.emplace();
    for (const auto& [folder, run] : runs_) news.folders->push_back(folder);
    return true;
}

std::vector<std::string> RunsWatch::foldersBelow() const {
    std::vector<std::string> found;
    if (kind_ == Kind::RunFolders && isRunFolder(folder_)) return {folder_};
    std::error_code error;
    fs::directory_iterator entry(folder_, error);
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
        const auto name = entry->path().filename().string();
        std::error_code unknown;
        if (name.starts_with('.') || name == kNotRuns || !entry->is_directory(unknown)) continue;
        const auto path = (fs::path(folder_) / name).string();
        if (kind_ == Kind::AllFolders || runs_.count(path) > 0 || isRunFolder(path)) found.push_back(path);
    }
    return found;
}

void RunsWatch::follow(const std::string& folder, Run& run, bool shown, RunsNews& news) {
    if (changeOfFolder(folder) < 0) return;
    RunNews found;
    found.folder = folder;
    const bool anew = std::exchange(run.due, false) || !run.follower;
    if (anew && run.readings > 0) --run.readings;
    if (anew || run.described.config.empty()) run.described = describedRun(folder);
    if (!run.follower) run.follower.emplace(folder);
    StatsNews lines;
    try {
        lines = run.follower->advance();
    } catch (const Error&) {
        // A log that is gone, or damaged for a moment, is tried again with the next look; what was read stays.
    }
    const auto life = runLife(folder);
    if (changeOfFolder(folder) < 0) return;  // a line that broke meanwhile is no end of a run
    const bool spoke = life.process && run.life.process && life.process->lastWord != run.life.process->lastWord;
    if (!anew && (lines.any || spoke)) run.changedAt = Clock::now();
    const bool seenAlive = run.changedAt && Clock::now() - *run.changedAt < std::chrono::seconds(kSignOfLifeSeconds);
    auto summary = run.described;
    addLife(summary, life, secondsSince1970(), seenAlive);
    if (anew || lines.any || life != run.life || summary.running != run.summary.running ||
        summary.config != run.summary.config) {
        addStats(summary, run.follower->stats());
        run.summary = std::move(summary);
        found.summary = run.summary;
    }
    run.life = life;
    if (shown && (!run.told || lines.any)) {
        found.whole = !run.told || lines.rewritten;
        found.stats = found.whole ? run.follower->stats() : run.follower->added(lines);
    }
    if (shown) {
        auto files = runFiles(folder);
        if (!run.told || files != run.files) found.files = files;
        run.files = std::move(files);
    }
    run.told = shown;
    if (!shown && !life.process) run.follower.reset();
    if (found.summary || found.stats || found.files) news.runs.push_back(std::move(found));
}

void RunsWatch::read(const std::string& folder, Run& run, RunsNews& news) {
    run.life = runLife(folder);
    if (run.life.process) return follow(folder, run, false, news);
    run.due = false;
    --run.readings;
    run.summary = describedRun(folder);
    addLife(run.summary, run.life, secondsSince1970());
    try {
        addStats(run.summary, readRunStats(folder));
    } catch (const Error&) {
        // Without a log it has a configuration all the same.
    }
    RunNews found;
    found.folder = folder;
    found.summary = run.summary;
    news.runs.push_back(std::move(found));
}

}  // namespace thaw
